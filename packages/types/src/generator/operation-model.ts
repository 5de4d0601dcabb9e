import { SpecError, type Json, type Operation, type Parameter } from '@cekura-kit/spec'
import type {
  OperationDescriptor,
  ParameterDescriptor,
  ParameterType,
} from '../operation-descriptor.ts'

const types = new Set(['string', 'integer', 'number', 'boolean', 'array', 'object'])

const isJson = (mediaType: string): boolean => /^application\/(.+\+)?json\b/i.test(mediaType)

/** A success status with what it returns, as the document has it. */
export interface SuccessModel {
  status: string
  mediaType?: string
  returns: OperationDescriptor['returns']
}

/** One operation as the writers of generated files see it. */
export interface OperationModel {
  operation: Operation
  id: string
  /** Prefix of its type names, such as `CallLogsList`. */
  typeName: string
  descriptor: OperationDescriptor
  successes: SuccessModel[]
  /** Media type of the JSON body. */
  bodyMediaType?: string
}

const toPascalCase = (text: string): string =>
  text
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join('')

/**
 * The TypeScript name for a name of the document.
 *
 * @throws {SpecError} when no letter is left to start it with
 */
export function toTypeName(name: string): string {
  const typeName = toPascalCase(name)
  if (!/^[A-Za-z]/.test(typeName))
    throw new SpecError(
      `Cannot generate a type name from ${JSON.stringify(name)}: start it with a letter.`,
    )
  return typeName
}

const typesOf = (schema: { [key: string]: Json }): string[] =>
  [schema['type']].flat().filter((type): type is string => typeof type === 'string')

/** The one type of a schema besides null, if it has exactly one. */
function typeOf(schema: { [key: string]: Json }): ParameterType | undefined {
  const [type, ...more] = typesOf(schema).filter((name) => name !== 'null')
  return more.length === 0 && type !== undefined && types.has(type)
    ? (type as ParameterType)
    : undefined
}

const numberIn = (schema: { [key: string]: Json }, key: string) =>
  typeof schema[key] === 'number' ? { [key]: schema[key] } : {}

/** They count from 1; the API would replace 0 by a default silently. */
const pageParameters = new Set(['page', 'page_size'])

function describeParameter(parameter: Parameter, isPaginated: boolean): ParameterDescriptor {
  const { schema, style, explode, required, commaSeparated } = parameter
  const place = parameter.in as ParameterDescriptor['in']
  const type = typeOf(schema)
  const items = schema['items'] as { [key: string]: Json } | undefined
  const itemType = items && typeOf(items)
  const defaultStyle = place === 'query' ? 'form' : 'simple'
  return {
    in: place,
    ...(type && { type }),
    ...(required && { required }),
    ...(typesOf(schema).includes('null') && { nullable: true }),
    ...(schema['format'] === 'date-time' && { format: 'date-time' }),
    ...(commaSeparated && {
      commaSeparated: commaSeparated as NonNullable<ParameterDescriptor['commaSeparated']>,
    }),
    ...(itemType && { items: itemType }),
    ...(isPaginated && pageParameters.has(parameter.name) && { minimum: 1 }),
    ...numberIn(schema, 'minimum'),
    ...numberIn(schema, 'maximum'),
    ...(style !== defaultStyle && { style }),
    ...(explode !== (style === 'form') && { explode }),
  }
}

function listSuccesses(operation: Operation): SuccessModel[] {
  return operation.responses
    .filter(({ status }) => /^2(\d\d|XX)$/i.test(status))
    .map(({ status, content }) => {
      const mediaTypes = Object.keys(content)
      const mediaType = mediaTypes.find(isJson) ?? mediaTypes[0]
      if (mediaType === undefined) return { status, returns: 'nothing' }
      const returns = isJson(mediaType) ? 'json' : /^text\//i.test(mediaType) ? 'text' : 'bytes'
      return { status, mediaType, returns }
    })
}

/** What generated files say about one operation. */
export function modelOperation(operation: Operation): OperationModel {
  const { operationId, parameters, requestBody } = operation
  const successes = listSuccesses(operation)
  const kinds = new Set(successes.map(({ returns }) => returns))
  const returns = (['json', 'text', 'bytes'] as const).find((kind) => kinds.has(kind)) ?? 'nothing'
  const bodyMediaType = Object.keys(requestBody?.content ?? {}).find(isJson)
  const described = parameters.filter((parameter) => parameter.in !== 'cookie')
  // A method reads one kind of body, and sends JSON.
  const rawOnly =
    (requestBody !== undefined && bodyMediaType === undefined) ||
    described.length < parameters.length ||
    kinds.size > (kinds.has('nothing') ? 2 : 1)
  return {
    operation,
    id: operationId,
    typeName: toTypeName(operationId),
    successes,
    ...(bodyMediaType !== undefined && { bodyMediaType }),
    descriptor: {
      method: operation.method as OperationDescriptor['method'],
      path: operation.path,
      parameters: Object.fromEntries(
        described.map((p) => [p.name, describeParameter(p, operation.pageItem !== undefined)]),
      ),
      ...(requestBody && { body: requestBody.required ? 'required' : 'optional' }),
      returns,
      ...(returns !== 'nothing' && kinds.has('nothing') && { mayBeEmpty: true }),
      ...(operation.pageItem && { paginated: true }),
      ...(rawOnly && { rawOnly }),
    },
  }
}
