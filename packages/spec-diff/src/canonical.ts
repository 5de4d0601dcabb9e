import type { Json, SpecDocument } from '@cekura-kit/spec'
import { isNode } from './schema-view.ts'

/** Lists whose order says nothing. */
const sets = new Set(['parameters', 'required', 'enum', 'security', 'type'])
/** Keys below which any name may stand. */
const maps = new Set([
  'properties',
  'schemas',
  'paths',
  'responses',
  'headers',
  'patternProperties',
  'default',
  'example',
  'value',
])

/**
 * One text for all documents that promise the same: without tags, extensions and
 * `info.version`, with sorted keys and sets, one spelling of null and of a lone `allOf`.
 */
export function canonicalText(document: SpecDocument): string {
  const { info, tags: _tags, openapi: _openapi, ...rest } = document
  const { version: _version, ...about } = isNode(info) ? info : {}
  return JSON.stringify(canonical({ ...rest, info: about }, ''))
}

function canonical(value: Json, key: string): Json {
  if (Array.isArray(value)) {
    const list = value.map((item) => canonical(item, ''))
    return sets.has(key)
      ? list.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : list
  }
  if (!isNode(value)) return value
  const named = maps.has(key)
  const { allOf, ...others } = value
  if (!named && Array.isArray(allOf) && allOf.length === 1 && Object.keys(others).length === 0)
    return canonical(allOf[0]!, key)
  const entries = Object.entries(value)
    .filter(([name]) => named || (!name.startsWith('x-') && name !== 'tags' && name !== 'nullable'))
    .map(([name, child]): [string, Json] => [
      name,
      canonical(
        name === 'type' && !named && value['nullable'] === true ? [child, 'null'].flat() : child,
        named ? '' : name,
      ),
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries)
}
