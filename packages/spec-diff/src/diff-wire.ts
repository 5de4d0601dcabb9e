import { resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'
import type { Finding } from './change.ts'
import { createReport } from './report.ts'
import { isNode, nodesIn, type Node } from './schema-view.ts'
import { alternativesOf, keepsOut, letsIn, printAlternatives } from './security.ts'
import type { Direction } from './value-walk.ts'
import { brief, createSchemaWalk, same } from './wire-schema.ts'

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
const docs = ['summary', 'description', 'example', 'examples', 'externalDocs']

/** A parameter's serialization with the defaults written out. */
function serialization(parameter: Node): string {
  const place = parameter['in']
  const style = parameter['style'] ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple')
  const explode = parameter['explode'] ?? style === 'form'
  const reserved = parameter['allowReserved'] === true ? ', reserved characters allowed' : ''
  const media = isNode(parameter['content'])
    ? `, ${Object.keys(parameter['content']).join(' ')}`
    : ''
  return `${String(style)}${explode ? ', exploded' : ''}${reserved}${media}`
}

/** Only a list or an object is written differently by style. */
const isComposite = (schema: Node): boolean =>
  [schema['type'] ?? []].flat().some((type) => type === 'array' || type === 'object')

/**
 * Compares two bundled documents in what their generated types cannot show: security,
 * servers, bounds, formats, numbers, defaults, serialization, deprecation and prose.
 */
export function diffWire(before: SpecDocument, after: SpecDocument): Finding[] {
  const { findings, add, addAt } = createReport()
  const compareSchemas = createSchemaWalk(before, after)

  const prose = (a: Node, b: Node, at: string): void => {
    for (const key of docs)
      if (!same(a[key], b[key])) add('docs-changed', at, brief(a[key]), brief(b[key]))
    if (a['deprecated'] !== true && b['deprecated'] === true)
      add('deprecated', at, '', 'deprecated')
    if (a['deprecated'] === true && b['deprecated'] !== true) add('undeprecated', at, 'deprecated')
  }
  const schemas = (
    a: Json | undefined,
    b: Json | undefined,
    direction: Direction,
    at: string,
  ): void => {
    if (a !== undefined && b !== undefined) addAt(at, compareSchemas(a, b, direction))
  }
  const old = (value: Json | undefined): Node => resolveRef(before, value)
  const next = (value: Json | undefined): Node => resolveRef(after, value)

  function parametersOf(follow: typeof old, item: Node, operation: Node): Map<string, Node> {
    const list = [...nodesIn(item['parameters']), ...nodesIn(operation['parameters'])].map(follow)
    return new Map(
      list.map((parameter) => [
        `${String(parameter['in'])} parameter ${String(parameter['name'])}`,
        parameter,
      ]),
    )
  }

  function parameter(a: Node, b: Node, at: string): void {
    prose(a, b, at)
    const [x, y] = [old(a['schema']), next(b['schema'])]
    if (
      serialization(a) !== serialization(b) &&
      (isComposite(x) ||
        isComposite(y) ||
        'content' in a ||
        'content' in b ||
        a['allowReserved'] !== b['allowReserved'])
    )
      add('request-serialization-changed', at, serialization(a), serialization(b))
    if (!same(x['default'], y['default']))
      add(
        x['default'] === undefined ? 'request-default-added' : 'request-default-changed',
        at,
        brief(x['default']) || 'no default',
        brief(y['default']) || 'no default',
      )
    schemas(a['schema'], b['schema'], 'write', at)
    media(a, b, 'write', at)
  }

  function media(a: Node, b: Node, direction: Direction, at: string): void {
    const [x, y] = [old(a['content']), next(b['content'])]
    const several = Object.keys(x).length > 1 || Object.keys(y).length > 1
    for (const [name, type] of Object.entries(x)) {
      if (!isNode(type) || !isNode(y[name])) continue
      const place = several ? `${at} (${name})` : at
      prose(type, y[name], place)
      schemas(type['schema'], y[name]['schema'], direction, place)
      if (direction === 'write' && !same(type['encoding'], y[name]['encoding']))
        add(
          'request-serialization-changed',
          place,
          brief(type['encoding']),
          brief(y[name]['encoding']),
        )
    }
  }

  function operation(a: Node, b: Node, oldItem: Node, newItem: Node, at: string): void {
    prose(a, b, at)
    const [was, is] = [alternativesOf(before, a), alternativesOf(after, b)]
    if (keepsOut(was, is))
      add('security-tightened', at, printAlternatives(was), printAlternatives(is))
    else if (letsIn(was, is))
      add('security-relaxed', at, printAlternatives(was), printAlternatives(is))

    const servers = [
      a['servers'] ?? oldItem['servers'],
      b['servers'] ?? newItem['servers'],
    ] as const
    if (urls(servers[0]) !== urls(servers[1]))
      add('server-changed', at, urls(servers[0]), urls(servers[1]))

    const parameters = parametersOf(next, newItem, b)
    for (const [name, one] of parametersOf(old, oldItem, a)) {
      const match = parameters.get(name)
      if (match) parameter(one, match, `${at} ${name}`)
    }
    const bodies = [old(a['requestBody']), next(b['requestBody'])] as const
    prose(...bodies, `${at} request body`)
    media(...bodies, 'write', `${at} request body`)

    const responses = next(b['responses'])
    for (const [status, raw] of Object.entries(old(a['responses']))) {
      if (responses[status] === undefined) continue
      const [x, y] = [old(raw), next(responses[status])]
      prose(x, y, `${at} ${status}`)
      media(x, y, 'read', `${at} ${status} body`)
      const headers = next(y['headers'])
      for (const [name, header] of Object.entries(old(x['headers']))) {
        if (headers[name] === undefined) continue
        const place = `${at} ${status} header ${name}`
        prose(old(header), next(headers[name]), place)
        schemas(old(header)['schema'], next(headers[name])['schema'], 'read', place)
      }
    }
  }

  if (urls(before['servers']) !== urls(after['servers']))
    add('server-changed', 'servers', urls(before['servers']), urls(after['servers']))
  const [a, b] = [old(before['info']), next(after['info'])]
  for (const key of ['title', 'summary', 'description'])
    if (!same(a[key], b[key])) add('docs-changed', `info.${key}`, brief(a[key]), brief(b[key]))

  const paths = next(after['paths'])
  for (const [path, raw] of Object.entries(old(before['paths']))) {
    if (paths[path] === undefined) continue
    const [oldItem, newItem] = [old(raw), next(paths[path])]
    prose(oldItem, newItem, path)
    for (const method of methods)
      if (isNode(oldItem[method]) && isNode(newItem[method]))
        operation(
          old(oldItem[method]),
          next(newItem[method]),
          oldItem,
          newItem,
          `${method.toUpperCase()} ${path}`,
        )
  }
  return findings
}

const urls = (servers: Json | undefined): string =>
  nodesIn(servers)
    .map(({ url }) => String(url))
    .join(' ')
