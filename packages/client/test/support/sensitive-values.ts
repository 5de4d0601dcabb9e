import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Node = { [key: string]: Json }

const document = bundled as unknown as Node

/** Text that stands for personal data, a secret or a prompt. */
export const canary = 'canary-of-personal-data'

const follow = (value: Json | undefined): Node => {
  const node = (value ?? {}) as Node
  if (typeof node['$ref'] !== 'string') return node
  const parts = node['$ref'].slice(2).split('/')
  return follow(
    parts
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<Json | undefined>((at, part) => (at as Node)[part], document),
  )
}

/** Schemas that describe the same value: the schema and its alternatives and parts. */
const partsOf = (schema: Json | undefined): Node[] => {
  const node = follow(schema)
  const others = [node['anyOf'], node['oneOf'], node['allOf']].flatMap((list) => list ?? [])
  return [node, ...others.flatMap(partsOf)]
}

const hasType = (parts: Node[], type: string): boolean =>
  parts.some((part) => [part['type']].flat().includes(type))

function fillSensitive(parts: Node[]): Json {
  if (hasType(parts, 'string')) return canary
  return hasType(parts, 'array') ? [{ note: canary }] : { note: canary }
}

/** A value with a canary in each property that the document marks as sensitive. */
function fill(schema: Json | undefined, value: Json): Json {
  const parts = partsOf(schema)
  if (parts.some((part) => part['x-sensitive'] === true)) return fillSensitive(parts)
  if (Array.isArray(value)) {
    const items = parts.find((part) => part['items'])?.['items']
    return value.map((item) => fill(items, item))
  }
  if (typeof value !== 'object' || value === null) return value
  const filled: Node = { ...value }
  for (const part of parts)
    for (const [name, property] of Object.entries(follow(part['properties']))) {
      const isSensitive = partsOf(property).some((one) => one['x-sensitive'] === true)
      if (isSensitive || name in value) filled[name] = fill(property, value[name] ?? null)
    }
  return filled
}

function fillContent(owner: Json | undefined): Json | undefined {
  const media = follow((follow(owner)['content'] as Node | undefined)?.['application/json'])
  const [example] = Object.values(follow(media['examples']))
  return example === undefined ? undefined : fill(media['schema'], follow(example)['value'] ?? null)
}

/** The first examples of an operation's body and success, with canaries. */
export function sensitiveExamplesOf(method: string, path: string): { body?: Json; response: Json } {
  const operation = follow(
    (document['paths'] as { [path: string]: Node })[path]![method.toLowerCase()],
  )
  const success = Object.entries(follow(operation['responses'])).find(([status]) => status < '3')
  const body = fillContent(operation['requestBody'])
  return { ...(body !== undefined && { body }), response: fillContent(success?.[1]) ?? null }
}
