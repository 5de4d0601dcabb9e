import {
  jsonSchemaOf,
  resolveRef,
  type Json,
  type Operation,
  type SpecDocument,
} from '@cekura-kit/spec/document'
import { sample } from '@stoplight/json-schema-sampler'
import { isRecord } from '../validate-input.ts'
import { isJsonType, jsonResponse, type MockResponse } from './response.ts'

type Schema = { [key: string]: Json }

/**
 * A value that a schema allows: its own example, default or enum value if it has one, otherwise
 * generated. Objects get their required properties only. A schema with a `pattern` needs an example.
 *
 * @returns null without a schema
 */
export const sampleValue = (document: SpecDocument, schema: Json = {}): Json =>
  sample(schema as object, { skipNonRequired: true, quiet: true }, document) as Json

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
