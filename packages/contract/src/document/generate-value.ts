import { resolveRef, type Json, type SpecDocument } from '@cekura-kit/spec'
import type { Node } from './contract-document.ts'

const byFormat: { [format: string]: string } = {
  'date-time': '2025-01-15T09:30:00Z',
  date: '2025-01-15',
  time: '09:30:00Z',
  uri: 'https://example.com/a',
  email: 'a@example.com',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
}

function generateNumber({ minimum, exclusiveMinimum, maximum, multipleOf }: Node): number {
  const step = Number(multipleOf ?? 1)
  const lowest = Math.max(
    Number(minimum ?? -Infinity),
    exclusiveMinimum === undefined ? -Infinity : Number(exclusiveMinimum) + step,
  )
  const value = Number.isFinite(lowest) ? lowest : Math.min(1, Number(maximum ?? 1))
  return multipleOf === undefined ? value : Math.ceil(value / step) * step
}

function generateString({ format, minLength = 0, maxLength }: Node): string {
  const text = byFormat[String(format)] ?? 'text'.padEnd(Number(minLength), 'x')
  return maxLength === undefined ? text : text.slice(0, Number(maxLength))
}

/**
 * A value that a schema allows: its own example, default or enum value if it has one, otherwise
 * generated. Objects get their required properties only. A schema with a `pattern` needs an example.
 */
export function generateValue(document: SpecDocument, schema: Json | undefined): Json {
  const node = resolveRef(document, schema)
  const { examples, enum: values } = node
  const given = [
    node['const'],
    node['example'],
    ...(Array.isArray(examples) ? examples : []),
    node['default'],
    ...(Array.isArray(values) ? values : []),
  ].find((value) => value !== undefined)
  if (given !== undefined) return given
  for (const keyword of ['oneOf', 'anyOf'])
    if (Array.isArray(node[keyword])) return generateValue(document, node[keyword][0])
  if (Array.isArray(node['allOf'])) {
    const parts = node['allOf'].map((part) => generateValue(document, part))
    return parts.every((part) => typeof part === 'object' && part !== null)
      ? (Object.assign({}, ...parts) as Node)
      : parts[0]!
  }
  switch ([node['type']].flat().find((type) => type !== 'null')) {
    case 'integer':
    case 'number':
      return generateNumber(node)
    case 'boolean':
      return true
    case 'array':
      return Array.from({ length: Number(node['minItems'] ?? 1) }, () =>
        generateValue(document, node['items']),
      )
    case 'string':
      return generateString(node)
    default:
      return generateObject(document, node)
  }
}

function generateObject(document: SpecDocument, { properties, required }: Node): Node {
  const named = resolveRef(document, properties)
  return Object.fromEntries(
    (Array.isArray(required) ? required : []).map((name) => [
      String(name),
      generateValue(document, named[String(name)]),
    ]),
  )
}
