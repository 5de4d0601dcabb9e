import type { Json } from '@cekura-kit/spec'
import type { LocalFinding } from './report.ts'
import type { Node } from './schema-view.ts'
import type { Direction } from './value-walk.ts'

/** Keywords whose value may grow without refusing anything. */
const upper = new Set([
  'maxLength',
  'maximum',
  'exclusiveMaximum',
  'maxItems',
  'maxProperties',
  'maxContains',
])
/** Keywords whose value may shrink without refusing anything. */
const lower = new Set([
  'minLength',
  'minimum',
  'exclusiveMinimum',
  'minItems',
  'minProperties',
  'minContains',
])
/** Keywords that assert something nobody can rank: a new value counts as stricter. */
const opaque = new Set([
  'pattern',
  'multipleOf',
  'uniqueItems',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'patternProperties',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
  'unevaluatedItems',
])
/** Lower bounds that hold for everything. */
const vacuous = new Set(['minLength', 'minItems', 'minProperties'])

const text = (value: Json | undefined): string =>
  value === undefined ? 'none' : JSON.stringify(value)

/** Compares what a schema asserts beyond types and members. */
export function compareBounds(a: Node, b: Node, direction: Direction): LocalFinding[] {
  const findings: LocalFinding[] = []
  for (const keyword of [...upper, ...lower, ...opaque]) {
    const [was, is] = [a[keyword], b[keyword]].map((value) =>
      (vacuous.has(keyword) && value === 0) || (keyword === 'uniqueItems' && value === false)
        ? undefined
        : value,
    )
    if (text(was) === text(is)) continue
    const kind =
      direction === 'read'
        ? 'response-bound-changed'
        : isTighter(keyword, was, is)
          ? 'request-bound-tightened'
          : 'request-bound-relaxed'
    findings.push({
      kind,
      before: `${keyword} ${text(was)}`,
      after: `${keyword} ${text(is)}`,
      path: '',
      origin: {},
    })
  }
  return findings
}

function isTighter(keyword: string, was: Json | undefined, is: Json | undefined): boolean {
  if (is === undefined) return false
  if (was === undefined) return true
  if (upper.has(keyword)) return Number(is) < Number(was)
  if (lower.has(keyword)) return Number(is) > Number(was)
  // A divisor of the old step lets every old value through.
  if (keyword === 'multipleOf') return Number(was) % Number(is) !== 0
  return true
}
