import {
  jsonSchemaOf,
  resolveRef,
  type Json,
  type Operation,
  type SpecDocument,
} from '@cekura-kit/spec/document'
import { isRecord } from '../validate-input.ts'
import { isJsonType, jsonResponse, type MockResponse } from './response.ts'

type Schema = { [key: string]: Json }

const byType: { [type: string]: Json } = {
  string: '',
  integer: 0,
  number: 0,
  boolean: false,
  array: [],
  null: null,
}
const byFormat: { [format: string]: Json } = {
  'date-time': '2025-01-15T12:00:00Z',
  date: '2025-01-15',
  uri: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
  email: 'someone@example.com',
}

/** A small value for a schema: its example or default, or one made from its type. */
export function sampleValue(document: SpecDocument, node: Json | undefined): Json {
  const schema: Schema = resolveRef(document, node)
  const { examples, anyOf, oneOf, allOf } = schema
  const known =
    schema['example'] ??
    (Array.isArray(examples) ? examples[0] : undefined) ??
    schema['const'] ??
    schema['default'] ??
    (Array.isArray(schema['enum']) ? schema['enum'][0] : undefined)
  if (known !== undefined) return known
  const union = [anyOf, oneOf].find(Array.isArray)
  if (union) return sampleValue(document, union[0])
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type']
  if (type !== undefined && type !== 'object')
    return byFormat[String(schema['format'])] ?? byType[String(type)] ?? null
  const parts = Array.isArray(allOf) ? allOf.map((part) => sampleValue(document, part)) : []
  return Object.assign({}, ...parts, withRequired(document, schema, {})) as Json
}

/** A body with samples for the required properties that it lacks, also inside. */
export function withRequired<Value>(
  document: SpecDocument,
  node: Json | undefined,
  value: Value,
): Value {
  const schema = resolveRef(document, node)
  if (Array.isArray(value))
    return value.map((item: unknown) => withRequired(document, schema['items'], item)) as Value
  if (!isRecord(value)) return value
  const properties = resolveRef(document, schema['properties'])
  const own = Object.entries(value).map(([name, property]) => [
    name,
    withRequired(document, properties[name], property),
  ])
  const missing = requiredOf(schema)
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => [name, sampleValue(document, properties[name])])
  return Object.fromEntries([...own, ...missing]) as Value
}

/** Names of required properties. */
export const requiredOf = (schema: Schema): string[] =>
  Array.isArray(schema['required']) ? schema['required'].map(String) : []

const successOf = ({ responses }: Operation) =>
  responses.find(({ status }) => /^2(?:\d\d|XX)$/i.test(status)) ?? responses[0]

/** The schema of the body of the first documented success. */
export const successSchema = (document: SpecDocument, operation: Operation): Schema =>
  resolveRef(document, jsonSchemaOf(successOf(operation)?.content ?? {}))

/** The first documented success of an operation, with its first example. */
export function exampleResponse(document: SpecDocument, operation: Operation): MockResponse {
  const success = successOf(operation)
  const status = Number(success?.status) || 200
  const example = success?.examples.find(({ mediaType }) => isJsonType(mediaType))
  if (example) return jsonResponse(status, example.value)
  const schema = jsonSchemaOf(success?.content ?? {})
  return jsonResponse(status, schema && sampleValue(document, schema))
}
