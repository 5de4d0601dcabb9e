import type { OperationDescriptor } from '@cekura-kit/types'
import {
  createUsageError,
  suggestName,
  throwInvalidParameter,
  throwMissingParameter,
} from '../errors/usage-error.ts'
import { isObject } from '../is-object.ts'
import type { CallOptions, Settings } from '../settings/client-options.ts'
import { mergeHeaderOptions } from '../settings/headers.ts'
import type { TransportRequest } from '../transport/transport.ts'
import { checkParameter, type WireValue } from './check-parameter.ts'
import { serializeBody } from './serialize-body.ts'
import { createPathSerializer } from './serialize-path.ts'
import { serializeQueryParameter } from './serialize-query.ts'

const serializeHeader = (value: WireValue): string =>
  typeof value === 'object' ? Object.values(value).join(',') : String(value)

function serializeExtraQuery(
  extra: CallOptions['extraQuery'] = {},
  { parameters }: OperationDescriptor,
): string[] {
  return Object.entries(extra).flatMap(([name, value]) => {
    if (value === undefined) return []
    // Sent twice, it would depend on the server which value counts.
    if (Object.hasOwn(parameters, name))
      throw createUsageError(
        'invalid_option',
        { option: 'extraQuery', expected: 'names that are not parameters of the operation' },
        `Invalid extraQuery: "${name}" is a parameter of the operation. Pass it in the input.`,
      )
    return serializeQueryParameter(name, checkParameter(name, value, { in: 'query' }), {})
  })
}

function throwUnknownParameter(parameter: string, known: string[]): never {
  const otherwise = ' Use extraQuery for undocumented query parameters.'
  const { suggestion, advice } = suggestName(parameter, known, otherwise)
  throw createUsageError(
    'unknown_parameter',
    { parameter, suggestion, known },
    `Unknown parameter ${JSON.stringify(parameter)}.${advice}`,
  )
}

/** Checks the input of a call and turns it into a request. */
export type PlanRequest = (input: unknown, options: CallOptions) => TransportRequest

/**
 * A function that turns the input of an operation into a request, checked by the descriptor. It
 * throws a {@link CekuraError} with code `usage` before anything is sent.
 */
export function createRequestPlanner(
  descriptor: OperationDescriptor,
  client: Pick<Settings, 'baseUrl' | 'headers'>,
): PlanRequest {
  const { method, path, returns, parameters } = descriptor
  const entries = Object.entries(parameters)
  const known = [...Object.keys(parameters), ...(descriptor.body ? ['body'] : [])]
  const toPath = createPathSerializer(path)
  const accept = returns === 'json' ? 'application/json' : '*/*'
  const headers = { accept, ...client.headers }
  const headersWithBody = { 'content-type': 'application/json', ...headers }

  return (input, options) => {
    const given = input ?? {}
    if (!isObject(given))
      return throwInvalidParameter('input', 'an object with parameters by name', input)
    const pathValues: Record<string, WireValue> = {}
    const headerValues: Record<string, string> = {}
    const query: string[] = []
    for (const name of Object.keys(given))
      if (given[name] !== undefined && !known.includes(name)) throwUnknownParameter(name, known)
    for (const [name, parameter] of entries) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined
      if (value === undefined) {
        if (parameter.required) throwMissingParameter(name)
        continue
      }
      const checked = checkParameter(name, value, parameter)
      if (parameter.in === 'path') pathValues[name] = checked
      else if (parameter.in === 'header') headerValues[name] = serializeHeader(checked)
      else query.push(serializeQueryParameter(name, checked, parameter))
    }
    const body = given['body'] === undefined ? undefined : serializeBody(given['body'])
    if (body === undefined && descriptor.body === 'required') throwMissingParameter('body')
    const search = [...query, ...serializeExtraQuery(options.extraQuery, descriptor)].join('&')
    return {
      method,
      path,
      url: `${client.baseUrl}${toPath(pathValues)}${search && `?${search}`}`,
      headers: mergeHeaderOptions(
        mergeHeaderOptions(body === undefined ? headers : headersWithBody, headerValues),
        options.headers,
      ),
      body,
      canReplay: true,
    }
  }
}
