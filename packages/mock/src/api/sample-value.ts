import {
  jsonSchemaOf,
  resolveRef,
  type Json,
  type Operation,
  type SpecDocument,
} from '@cekura-kit/spec/document'
import { sample } from '@stoplight/json-schema-sampler'
import { isRecord } from '../validate-input.ts'
import { emptyBody, isJsonType, type MockResponse } from './response.ts'

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

/** A documented response with its first example, as JSON if there is a choice. */
export function documentedResponse(
  document: SpecDocument,
  { content, examples }: Pick<Operation['responses'][number], 'content' | 'examples'>,
  status: number,
): MockResponse {
  const mediaTypes = Object.keys(content)
  const mediaType = mediaTypes.find(isJsonType) ?? mediaTypes[0]
  if (mediaType === undefined) return { status, headers: [], body: emptyBody }
  const example = examples.find((one) => one.mediaType === mediaType)
  const value = example ? example.value : sampleValue(document, content[mediaType])
  const text = isJsonType(mediaType) ? JSON.stringify(value) : String(value)
  return { status, headers: ['content-type', mediaType], body: new TextEncoder().encode(text) }
}

/** The first documented success of an operation. */
export function exampleResponse(document: SpecDocument, operation: Operation): MockResponse {
  const success = successOf(operation) ?? { status: '', content: {}, examples: [] }
  return documentedResponse(document, success, Number(success.status) || 200)
}
