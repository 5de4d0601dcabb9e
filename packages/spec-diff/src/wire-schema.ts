import type { Json, SpecDocument } from '@cekura-kit/spec'
import { compareBounds } from './bounds.ts'
import type { ChangeKind } from './policy.ts'
import { below as outside, distinct, type LocalFinding } from './report.ts'
import { createSchemaView, isNode, nodesIn, typesOf, type Node } from './schema-view.ts'
import type { Direction } from './value-walk.ts'

/** Numbers that differ only in how a compiled language stores them, by how much they hold. */
const numberFormats = ['int32', 'int64', 'float', 'double']
const docs = ['description', 'title', 'example', 'examples', 'externalDocs']

/** Tells what the types cannot about a pair of schemas that travel in one direction. */
export type CompareSchemas = (
  before: Json | undefined,
  after: Json | undefined,
  direction: Direction,
) => LocalFinding[]

export function createSchemaWalk(before: SpecDocument, after: SpecDocument): CompareSchemas {
  const [viewOld, viewNew] = [createSchemaView(before), createSchemaView(after)]
  const known = new Map<Node, Map<Node, { [key: string]: LocalFinding[] }>>()

  function walk(
    rawOld: Json | undefined,
    rawNew: Json | undefined,
    direction: Direction,
    shared: boolean,
  ): LocalFinding[] {
    const [a, b] = [viewOld(rawOld), viewNew(rawNew)]
    let row = known.get(a)
    if (!row) known.set(a, (row = new Map()))
    let cell = row.get(b)
    if (!cell) row.set(b, (cell = {}))
    const key = `${direction}${shared}`
    if (cell[key]) return cell[key]
    cell[key] = []
    const findings = compare(a, b, direction, shared)
    return (cell[key] = distinct(findings))
  }

  function compare(a: Node, b: Node, direction: Direction, shared: boolean): LocalFinding[] {
    const findings: LocalFinding[] = [
      ...compareKeywords(a, b, direction),
      ...compareBounds(a, b, direction),
    ]
    const below = (step: string, x: Json | undefined, y: Json | undefined): void => {
      if (x === undefined || y === undefined) return
      const inComponent = shared || [x, y].some((node) => isNode(node) && '$ref' in node)
      findings.push(...outside(step, walk(x, y, direction, inComponent)))
    }
    const [was, is] = [a['properties'], b['properties']].map((value) =>
      isNode(value) ? value : {},
    ) as [Node, Node]
    for (const [name, schema] of Object.entries(was)) {
      const match = is[name]
      if (match === undefined) continue
      const required = isRequired(b, name)
      findings.push(
        ...compareProperty(
          viewOld(schema),
          viewNew(match),
          direction,
          shared,
          required,
          `.${name}`,
        ),
      )
      below(`.${name}`, schema, match)
    }
    below('[]', a['items'], b['items'])
    if (isNode(a['additionalProperties']) && isNode(b['additionalProperties']))
      below('[key]', a['additionalProperties'], b['additionalProperties'])
    for (const union of ['oneOf', 'anyOf', 'prefixItems']) {
      const [x, y] = [nodesIn(a[union]), nodesIn(b[union])]
      for (const [member, match] of pairMembers(x, y)) below('', member, match)
    }
    return findings
  }

  return (rawOld, rawNew, direction) =>
    walk(
      rawOld,
      rawNew,
      direction,
      [rawOld, rawNew].some((node) => isNode(node) && '$ref' in node),
    )
}

const isRequired = (schema: Node, name: string): boolean =>
  Array.isArray(schema['required']) && schema['required'].includes(name)

const text = (value: Json | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)

export const brief = (value: Json | undefined): string => {
  const whole = text(value).replaceAll(/\s+/g, ' ')
  return whole.length > 60 ? `${whole.slice(0, 57)}...` : whole
}

export const same = (a: Json | undefined, b: Json | undefined): boolean => text(a) === text(b)

/** Members of a union by equal text or reference, the rest by their order. */
function pairMembers(a: Node[], b: Node[]): [Node, Node][] {
  const rest = [...b]
  const left: Node[] = []
  const pairs: [Node, Node][] = []
  for (const member of a) {
    const index = rest.findIndex((other) => same(member, other))
    if (index < 0) left.push(member)
    else pairs.push([member, rest.splice(index, 1)[0]!])
  }
  return [
    ...pairs,
    ...left.slice(0, rest.length).map((member, i): [Node, Node] => [member, rest[i]!]),
  ]
}

const fraction = (types: string[]): boolean => types.includes('number')
const whole = (types: string[]): boolean => types.includes('integer')

function compareKeywords(a: Node, b: Node, direction: Direction): LocalFinding[] {
  const findings: LocalFinding[] = []
  const read = direction === 'read'
  const add = (kind: ChangeKind, before: Json | undefined, after: Json | undefined): void => {
    findings.push({ kind, path: '', before: brief(before), after: brief(after), origin: {} })
  }
  const [was, is] = [typesOf(a), typesOf(b)]
  if (whole(was) && !fraction(was) && fraction(is))
    add(read ? 'response-number-widened' : 'request-number-widened', 'integer', 'number')
  if (fraction(was) && !fraction(is) && whole(is))
    add(read ? 'response-number-narrowed' : 'request-number-narrowed', 'number', 'integer')

  if (!same(a['format'], b['format'])) {
    const [from, to] = [a['format'], b['format']]
    const [x, y] = [from, to].map((format) => numberFormats.indexOf(String(format))) as [
      number,
      number,
    ]
    const numeric = [from, to].every(
      (format) => format === undefined || numberFormats.includes(String(format)),
    )
    const narrower = from === undefined || (numeric && to !== undefined && y < x)
    const wider = to === undefined || (numeric && from !== undefined && y > x)
    if (read)
      add(narrower || numeric ? 'response-format-narrowed' : 'response-format-changed', from, to)
    else add(wider ? 'request-format-widened' : 'request-format-narrowed', from, to)
  }
  for (const keyword of ['contentEncoding', 'contentMediaType'])
    if (!same(a[keyword], b[keyword]))
      add(read ? 'response-format-changed' : 'request-format-narrowed', a[keyword], b[keyword])

  for (const keyword of ['additionalProperties', 'unevaluatedProperties']) {
    const [closed, closing] = [a[keyword] === false, b[keyword] === false]
    if (closed === closing) continue
    if (read) add('response-bound-changed', a[keyword], b[keyword])
    else
      add(
        closing
          ? 'request-additional-properties-refused'
          : 'request-additional-properties-accepted',
        a[keyword] ?? 'open',
        b[keyword] ?? 'open',
      )
  }
  if (a['deprecated'] !== true && b['deprecated'] === true) add('deprecated', '', 'deprecated')
  if (a['deprecated'] === true && b['deprecated'] !== true) add('undeprecated', 'deprecated', '')
  for (const keyword of docs)
    if (!same(a[keyword], b[keyword])) add('docs-changed', a[keyword], b[keyword])
  return findings
}

function compareProperty(
  a: Node,
  b: Node,
  direction: Direction,
  shared: boolean,
  required: boolean,
  path: string,
): LocalFinding[] {
  const findings: LocalFinding[] = []
  const read = direction === 'read'
  const add = (kind: ChangeKind, before: Json | undefined, after: Json | undefined): void => {
    findings.push({ kind, path, before: brief(before), after: brief(after), origin: {} })
  }
  const [was, is] = [a['default'], b['default']]
  if (was === undefined && is !== undefined) {
    if (read) add('docs-changed', 'no default', is)
    else
      add(
        shared && !required ? 'request-default-added-to-component' : 'request-default-added',
        'no default',
        is,
      )
  } else if (was !== undefined && is === undefined) {
    if (read) add(required ? 'docs-changed' : 'response-default-removed', was, 'no default')
    else add('request-default-changed', was, 'no default')
  } else if (!same(was, is)) add(read ? 'docs-changed' : 'request-default-changed', was, is)

  if (read && !a['writeOnly'] && b['writeOnly']) add('response-became-write-only', '', 'writeOnly')
  if (read && a['writeOnly'] && !b['writeOnly'])
    add('response-no-longer-write-only', 'writeOnly', '')
  if (!read && !a['readOnly'] && b['readOnly']) add('request-became-readonly', '', 'readOnly')
  return findings
}
