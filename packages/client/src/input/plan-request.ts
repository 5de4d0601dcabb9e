import type { OperationDescriptor, ParameterDescriptor } from '@cekura-kit/types'
import { serializeArrayParam, serializeObjectParam, serializePrimitiveParam } from 'openapi-fetch'
import { suggestName, throwInvalidParameter, throwUsageError } from '../errors/usage-error.ts'
import type { CallOptions } from '../settings/client-options.ts'
import { mergeHeaderOptions } from '../settings/headers.ts'
import type { TransportRequest } from '../transport/transport.ts'
import { checkParameter, type WireValue } from './check-parameter.ts'
import { serializePath, throwMissing } from './serialize-path.ts'

type Input = Readonly<Record<string, unknown>>
type ObjectStyle = Parameters<typeof serializeObjectParam>[2]
type ArrayStyle = Parameters<typeof serializeArrayParam>[2]

function serializeQueryParameter(
  name: string,
  value: WireValue,
  { style = 'form', explode = style === 'form' }: Partial<ParameterDescriptor>,
): string {
  const key = encodeURIComponent(name)
  if (Array.isArray(value)) return serializeArrayParam(key, value, { style, explode } as ArrayStyle)
  if (typeof value === 'object')
    return serializeObjectParam(
      key,
      value as Record<string, unknown>,
      {
        style,
        explode,
      } as ObjectStyle,
    )
  return serializePrimitiveParam(key, String(value))
}

const serializeHeader = (value: WireValue): string =>
  typeof value === 'object' ? Object.values(value).join(',') : String(value)

function checkNames(input: Input, descriptor: OperationDescriptor): void {
  const known = [...Object.keys(descriptor.parameters), ...(descriptor.body ? ['body'] : [])]
  const unknown = Object.keys(input).find(
    (name) => input[name] !== undefined && !known.includes(name),
  )
  if (unknown === undefined) return
  const suggestion = suggestName(unknown, known)
  throwUsageError(
    `Unknown parameter ${JSON.stringify(unknown)}. ${
      suggestion
        ? `Did you mean "${suggestion}"?`
        : 'Use extraQuery for undocumented query parameters.'
    }`,
    'unknown_parameter',
    { parameter: unknown, suggestion, known },
  )
}

/** Page numbers and page sizes count from 1; the API would replace 0 by a default silently. */
const pageParameters = new Set(['page', 'page_size'])

function checkInput(input: Input, descriptor: OperationDescriptor) {
  const places = {
    path: {} as Record<string, WireValue>,
    query: [] as string[],
    header: {} as Record<string, string>,
  }
  for (const [name, parameter] of Object.entries(descriptor.parameters)) {
    const given = Object.hasOwn(input, name) ? input[name] : undefined
    if (given === undefined) {
      if (parameter.required) throwMissing(name)
      continue
    }
    const isCounted = descriptor.paginated && pageParameters.has(name)
    const value = checkParameter(name, given, isCounted ? { minimum: 1, ...parameter } : parameter)
    if (parameter.in === 'path') places.path[name] = value
    else if (parameter.in === 'header') places.header[name] = serializeHeader(value)
    else places.query.push(serializeQueryParameter(name, value, parameter))
  }
  return places
}

function serializeExtraQuery(
  extra: CallOptions['extraQuery'] = {},
  { parameters }: OperationDescriptor,
): string[] {
  return Object.entries(extra).flatMap(([name, value]) => {
    if (value === undefined) return []
    // Sent twice, it would depend on the server which value counts.
    if (Object.hasOwn(parameters, name))
      throwUsageError(
        `Invalid extraQuery: "${name}" is a parameter of the operation. Pass it in the input.`,
        'invalid_option',
        { option: 'extraQuery', expected: 'names that are not parameters of the operation' },
      )
    return serializeQueryParameter(name, checkParameter(name, value, { in: 'query' }), {})
  })
}

/** Numbers and times that JSON would write as null, which means something else. */
const isWrittenAsNull = (value: unknown): boolean =>
  value instanceof Date
    ? Number.isNaN(value.getTime())
    : typeof value === 'number' && !Number.isFinite(value)

function rejectWrittenAsNull(this: Record<string, unknown>, name: string, value: unknown): unknown {
  if (isWrittenAsNull(this[name])) throw new TypeError(`${name} has no JSON`)
  return value
}

function serializeBody(input: Input, descriptor: OperationDescriptor): string | undefined {
  const { body } = input
  if (descriptor.body === undefined) return undefined
  if (body === undefined) return descriptor.body === 'required' ? throwMissing('body') : undefined
  try {
    const text = JSON.stringify(body, rejectWrittenAsNull) as string | undefined
    if (text !== undefined) return text
  } catch {
    // Circular references, BigInts and NaN have no JSON.
  }
  return throwInvalidParameter('body', 'a value that can be written as JSON', body)
}

/**
 * The request for an operation, checked by its descriptor.
 *
 * @throws {CekuraError} with code `usage` before anything is sent
 */
export function planRequest(
  descriptor: OperationDescriptor,
  client: { baseUrl: string; headers: Readonly<Record<string, string>> },
  input: unknown,
  options: CallOptions,
): TransportRequest {
  const given = (input ?? {}) as Input
  if (typeof given !== 'object' || Array.isArray(given))
    throwInvalidParameter('input', 'an object with parameters by name', input)
  checkNames(given, descriptor)
  const { path, query, header } = checkInput(given, descriptor)
  const body = serializeBody(given, descriptor)
  const search = [...query, ...serializeExtraQuery(options.extraQuery, descriptor)].join('&')
  const accept = descriptor.returns === 'json' ? 'application/json' : '*/*'
  const defaults: Record<string, string> = {
    accept,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  return {
    method: descriptor.method,
    path: descriptor.path,
    url: `${client.baseUrl}${serializePath(descriptor.path, path)}${search && `?${search}`}`,
    headers: mergeHeaderOptions(
      mergeHeaderOptions({ ...defaults, ...client.headers }, header),
      options.headers,
    ),
    body,
    canReplay: true,
  }
}
