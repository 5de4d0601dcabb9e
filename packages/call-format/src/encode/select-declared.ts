import type { operationDescriptors } from '@cekura-kit/types'
import document from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { maskNumber } from './mask-number.ts'

interface Schema {
  $ref?: string
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  items?: Schema
  allOf?: readonly Schema[]
  anyOf?: readonly Schema[]
  'x-sensitive'?: boolean
}

interface Operation {
  operationId: string
  requestBody?: Content
  responses: Readonly<Record<string, Content>>
}
interface Content {
  content: { 'application/json': { schema: Schema } }
}

const spec = document as unknown as {
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  components: { schemas: Readonly<Record<string, Schema>> }
}

const resolve = (schema: Schema): Schema =>
  schema.$ref === undefined
    ? schema
    : resolve(spec.components.schemas[schema.$ref.split('/').at(-1)!]!)

/** Declared properties of a schema, those of its parts and alternatives included. */
export function propertiesOf(schema: Schema): Record<string, Schema> {
  const { properties, allOf = [], anyOf = [] } = resolve(schema)
  return Object.assign({}, ...[...allOf, ...anyOf].map(propertiesOf), properties) as Record<
    string,
    Schema
  >
}

const findOperation = (id: string): Operation =>
  Object.values(spec.paths)
    .flatMap((path) => Object.values(path))
    .find(({ operationId }) => operationId === id)!

type OperationId = keyof typeof operationDescriptors

/** The schema of a request body. */
export const bodySchema = (id: OperationId): Schema =>
  findOperation(id).requestBody!.content['application/json'].schema

/** The schema of a response, or of one item of a list. */
export function responseSchema(id: OperationId): Schema {
  const [, response] = Object.entries(findOperation(id).responses).find(([status]) =>
    status.startsWith('2'),
  )!
  const { schema } = response.content['application/json']
  return resolve(schema).items ?? propertiesOf(schema)['results']?.items ?? schema
}

/** Nothing to hide, or to show. */
export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)

function mask(name: string, value: unknown): unknown {
  if (isEmpty(value)) return value
  return name === 'customer_number' ? maskNumber(value) : '[masked]'
}

const isSensitive = (schema: Schema): boolean =>
  schema['x-sensitive'] === true || resolve(schema)['x-sensitive'] === true

/** Names of the declared properties without those that the spec marks as sensitive. */
export const plainProperties = (schema: Schema): string[] =>
  Object.entries(propertiesOf(schema)).flatMap(([name, each]) => (isSensitive(each) ? [] : [name]))

/**
 * The declared properties of a response: others can hold secrets. What the spec marks as sensitive
 * is masked, at any depth.
 */
export function selectDeclared(schema: Schema, value: unknown, showSensitive: boolean): unknown {
  const { items } = resolve(schema)
  if (Array.isArray(value))
    return items ? value.map((each) => selectDeclared(items, each, showSensitive)) : value
  const properties = propertiesOf(schema)
  if (typeof value !== 'object' || value === null || Object.keys(properties).length === 0)
    return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]): [string, unknown][] => {
      const property = Object.hasOwn(properties, name) ? properties[name]! : undefined
      if (!property) return []
      if (isSensitive(property) && !showSensitive) return [[name, mask(name, each)]]
      return [[name, selectDeclared(property, each, showSensitive)]]
    }),
  )
}

/** Sensitive properties of a call, in a list or alone. */
const sensitiveFields = new Set(
  (['callLogs.list', 'callLogs.get'] as const).flatMap((id) =>
    Object.entries(propertiesOf(responseSchema(id))).flatMap(([name, schema]) =>
      isSensitive(schema) ? [name] : [],
    ),
  ),
)

/** A call with its sensitive properties masked, left out or unchanged. Undeclared ones stay. */
export function hideSensitive<Call extends object>(
  call: Call,
  rule: 'mask' | 'drop' | 'keep',
): Partial<Call> {
  if (rule === 'keep') return call
  return Object.fromEntries(
    Object.entries(call).flatMap(([name, value]): [string, unknown][] => {
      if (!sensitiveFields.has(name) || isEmpty(value)) return [[name, value]]
      return rule === 'drop' ? [] : [[name, mask(name, value)]]
    }),
  ) as Partial<Call>
}
