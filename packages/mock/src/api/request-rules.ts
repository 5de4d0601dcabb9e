import {
  createSchemaValidator,
  jsonSchemaOf,
  resolveRef,
  responseOf,
  type Json,
  type Operation,
  type Parameter,
  type SpecDocument,
} from '@cekura-kit/spec/document'
import type { FieldErrors } from '@cekura-kit/types'
import { isRecord } from '../validate-input.ts'
import { jsonResponse, type MockResponse } from './response.ts'
import { documentedResponse, successSchema } from './sample-value.ts'

type Schema = { [key: string]: Json }

/** What a query value can mean as JSON: text is a number or a boolean too when it reads as one. */
function readings(text: string): unknown[] {
  const values: unknown[] = [text]
  if (/^-?\d+(?:\.\d+)?$/.test(text)) values.push(Number(text))
  if (text === 'true' || text === 'false') values.push(text === 'true')
  return values
}

/** All meanings of the values sent for an array parameter, one array for each type of item. */
function arrayReadings(parameter: Parameter, sent: readonly string[]): unknown[] {
  const items = parameter.explode ? sent : sent.flatMap((text) => text.split(','))
  const meanings = items.map(readings)
  return [0, 1].map((n) => meanings.map((values) => values[n] ?? values[0]))
}

const isArray = ({ schema }: Parameter): boolean => schema['type'] === 'array'

const missing = 'This field is required.'

const messageFor = (schema: Schema): string => {
  const type = schema['type']
  if (type === 'integer') return 'A valid integer is required.'
  if (type === 'number') return 'A valid number is required.'
  if (type === 'boolean') return 'Must be a valid boolean.'
  return 'Enter a valid value.'
}

const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])

/** The schemas of each property, and the properties that every valid object has. */
function fieldsOf(
  document: SpecDocument,
  node: Json | undefined,
): { properties: [name: string, schema: Json][]; required: ReadonlySet<string> } {
  const schema = resolveRef(document, node)
  const all = listOf(schema['allOf']).map((part) => fieldsOf(document, part))
  const alternatives = [schema['anyOf'], schema['oneOf']].map((parts) =>
    listOf(parts).map((part) => fieldsOf(document, part)),
  )
  const shared = alternatives.flatMap(([first, ...others]) =>
    [...(first?.required ?? [])].filter((name) => others.every((one) => one.required.has(name))),
  )
  return {
    properties: [
      ...Object.entries(resolveRef(document, schema['properties'])),
      ...[...all, ...alternatives.flat()].flatMap(({ properties }) => properties),
    ],
    required: new Set([
      ...listOf(schema['required']).map(String),
      ...all.flatMap(({ required }) => [...required]),
      ...shared,
    ]),
  }
}

const namesOf = ({ properties }: Pick<ReturnType<typeof fieldsOf>, 'properties'>): Set<string> =>
  new Set(properties.map(([name]) => name))

/** What the document says about the requests of an operation. */
export interface RequestRules {
  /** Names of query parameters. */
  names: ReadonlySet<string>
  /** Names of fields of the body. */
  fields: ReadonlySet<string>
  /** Names of properties of the response. */
  returned: ReadonlySet<string>
  /**
   * Messages by query parameter. A blank value counts as absent.
   *
   * @param except parameters that the caller validates
   */
  checkQuery(query: URLSearchParams, except?: ReadonlySet<string>): FieldErrors
  /** Messages by field of the body, which is undefined if there is none. */
  checkBody(body: unknown): FieldErrors
  /** An error with this body, unless the document describes another one for the status. */
  errorResponse(error: { status: number; body: object; headers?: readonly string[] }): MockResponse
}

type Compile = ReturnType<typeof createSchemaValidator>

function createBodyCheck(
  document: SpecDocument,
  compile: Compile,
  { requestBody }: Operation,
): Pick<RequestRules, 'fields' | 'checkBody'> {
  const schema = jsonSchemaOf(requestBody?.content ?? {})
  const problemOf = schema && compile(schema)
  const { properties, required } = fieldsOf(document, schema)
  const fields = namesOf({ properties })

  function errorOf(name: string, body: Record<string, unknown>): string[] | undefined {
    if (!Object.hasOwn(body, name)) return required.has(name) ? [missing] : undefined
    const schemas = properties.filter(([other]) => other === name).map(([, one]) => one)
    return schemas.every((one) => compile(one)(body[name]) !== undefined)
      ? [messageFor(resolveRef(document, schemas[0]))]
      : undefined
  }

  return {
    fields,
    checkBody(body) {
      if (body === undefined) return requestBody?.required ? { non_field_errors: [missing] } : {}
      const problem = problemOf?.(body)
      if (problem === undefined) return {}
      if (!isRecord(body)) return { non_field_errors: ['Invalid data. Expected a JSON object.'] }
      const errors = [...fields].flatMap((name) => {
        const messages = errorOf(name, body)
        return messages ? [[name, messages] as const] : []
      })
      return errors.length > 0 ? Object.fromEntries(errors) : { non_field_errors: [problem] }
    },
  }
}

/** Rules of one operation, as the document states them. */
export function createRequestRules(document: SpecDocument, operation: Operation): RequestRules {
  const compile = createSchemaValidator(document)
  const rules = operation.parameters
    .filter(({ in: place }) => place === 'query')
    .map((parameter) => ({ parameter, problemOf: compile(parameter.schema) }))
  return {
    names: new Set(rules.map(({ parameter }) => parameter.name)),
    returned: namesOf(fieldsOf(document, successSchema(document, operation))),
    checkQuery(query, except = new Set()) {
      const errors = new Map<string, string[]>()
      for (const { parameter, problemOf } of rules) {
        const { name } = parameter
        const sent = query.getAll(name).filter((text) => text !== '')
        if (sent.length === 0) {
          if (parameter.required) errors.set(name, [missing])
          continue
        }
        if (except.has(name)) continue
        const values = isArray(parameter) ? arrayReadings(parameter, sent) : readings(sent.at(-1)!)
        if (values.every((value) => problemOf(value) !== undefined))
          errors.set(name, [messageFor(parameter.schema)])
      }
      return Object.fromEntries(errors)
    },
    ...createBodyCheck(document, compile, operation),
    errorResponse({ status, body, headers = [] }) {
      const documented = responseOf(operation, status)
      const schema = jsonSchemaOf(documented?.content ?? {})
      if (!documented || (schema && compile(schema)(body) === undefined))
        return jsonResponse(status, body, headers)
      const response = documentedResponse(document, documented, status)
      return { ...response, headers: [...response.headers, ...headers] }
    },
  }
}
