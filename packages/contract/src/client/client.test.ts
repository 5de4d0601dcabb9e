// Every documented response reaches the caller of the client, through its method and through `raw`.
import { CekuraError, createClient } from '@cekura-kit/client'
import '@cekura-kit/mock/vitest'
import type { Json, Operation, SpecDocument } from '@cekura-kit/spec'
import { apiKeyHeader, specDigest } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { describe, expect, inject, test } from 'vitest'
import { isJson, readContract, successesOf } from '../document/contract-document.ts'
import { createRequest } from '../document/sample-request.ts'
import { exampleValuesOf } from '../document/sample-texts.ts'
import { encodeBody } from '../target/http.ts'

const mock = inject('mock')
const contract = readContract(bundled as unknown as SpecDocument)

const codes: { [status: string]: string } = {
  '400': 'bad_request',
  '401': 'authentication',
  '403': 'permission',
  '404': 'not_found',
  '429': 'rate_limit',
  '500': 'server',
}

/** Required parameters by name. */
const requiredValues = ({ parameters }: Operation, places: readonly string[]) =>
  Object.fromEntries(
    parameters
      .filter((parameter) => parameter.required && places.includes(parameter.in))
      .map((parameter) => [parameter.name, exampleValuesOf(contract.document, parameter)[0]!]),
  )

interface Sent {
  response: Response
  text: string
  /** What `raw` returns. */
  outcome: { data?: unknown; error?: unknown }
  /** Whether the client has a method with the name of the operation. */
  hasMethod: boolean
  /** What the method throws; undefined if it returns. */
  thrown: unknown
}

const firstMediaType = ({ content }: Operation['responses'][number]): string =>
  Object.keys(content).toSorted((a, b) => Number(isJson(b)) - Number(isJson(a)))[0] ?? 'text/plain'

/** What `raw` needs for a body that is not JSON; the platform names the type of a form. */
const asMediaType = (body: unknown, mediaType: string | undefined) =>
  mediaType === undefined || isJson(mediaType)
    ? {}
    : {
        bodySerializer: () => encodeBody(body, mediaType),
        ...(!mediaType.startsWith('multipart/') && { headers: { 'content-type': mediaType } }),
      }

/**
 * The same request through `raw` and through the method of the client.
 *
 * @param returned media type of the response
 */
async function send(
  operation: Operation,
  extra: Record<string, string> = {},
  returned = firstMediaType(successesOf(operation)[0]!),
): Promise<Sent> {
  const seen: Response[] = []
  const client = createClient({
    apiKey: 'contract-key',
    baseUrl: mock.url,
    maxRetries: 0,
    async fetch(url, init) {
      const headers = new Headers(init?.headers)
      for (const [name, value] of Object.entries(extra)) headers.set(name, value)
      const response = await fetch(url, { ...init, headers })
      seen.push(response.clone())
      return response
    },
  })
  const { body, mediaType } = createRequest(contract, operation, { agentId: 1 })
  const outcome = await client.raw.request(
    operation.method.toLowerCase() as 'get',
    operation.path as never,
    {
      params: {
        path: requiredValues(operation, ['path']),
        query: requiredValues(operation, ['query']),
        header: requiredValues(operation, ['header']),
      },
      body,
      parseAs: isJson(returned) ? 'json' : 'text',
      ...asMediaType(body, mediaType),
    } as never,
  )
  const response = seen[0]!
  const method = operation.operationId
    .split('.')
    .reduce<unknown>((at, name) => (at as { [name: string]: unknown } | undefined)?.[name], client)
  const input = {
    ...requiredValues(operation, ['path', 'query', 'header']),
    ...(body !== undefined && { body }),
  }
  const hasMethod = typeof method === 'function'
  const thrown = hasMethod
    ? await Promise.resolve((method as (input: object) => unknown)(input)).then(
        () => undefined,
        (error: unknown) => error,
      )
    : undefined
  return { response, text: await response.text(), outcome, hasMethod, thrown }
}

test('the mock serves the document that the types come from', () => {
  expect(mock.digest).toBe(specDigest)
})

describe.each(contract.operations)('$operationId', (operation) => {
  const successes = successesOf(operation).map(({ status }) => Number(status))

  test('a request with the required parameters only succeeds', async () => {
    const { response, outcome, thrown } = await send(operation)
    expect(successes).toContain(response.status)
    expect(response.headers.get('sl-violations')).toBeNull()
    expect(outcome.error).toBeUndefined()
    expect(thrown).toBeUndefined()
  })

  if (contract.needsKey(operation))
    test('a request without a key fails', async () => {
      const { response, hasMethod, thrown } = await send(operation, { [apiKeyHeader]: '' })
      expect(response.status).toBe(401)
      if (hasMethod) expect(CekuraError.is(thrown, 'authentication')).toBe(true)
    })

  const examples = operation.responses
    .filter(({ status }) => /^\d+$/.test(status))
    .flatMap(({ status, examples: named }) => named.map((example) => ({ status, ...example })))

  test.each(examples.filter(({ name }) => name !== ''))(
    'example $name of $status reaches the caller',
    async ({ status, name, mediaType, value }) => {
      const { response, text, outcome, hasMethod, thrown } = await send(
        operation,
        {
          prefer: `code=${status}, example=${name}`,
          accept: mediaType,
        },
        mediaType,
      )
      expect(response.status).toBe(Number(status))
      expect(isJson(mediaType) ? (JSON.parse(text) as Json) : text).toEqual(value)
      if (status.startsWith('2')) {
        expect(outcome.data).toEqual(value)
        // A method requests JSON where there is a choice.
        const isRequested = mediaType === firstMediaType(successesOf(operation)[0]!)
        if (isRequested) expect(thrown).toBeUndefined()
        return
      }
      expect(outcome.error).toEqual(value)
      if (!hasMethod) return
      expect(CekuraError.is(thrown)).toBe(true)
      expect(thrown).toMatchObject({ status: Number(status), body: value })
      if (codes[status]) expect(thrown).toHaveProperty('code', codes[status])
    },
  )
})

test('a status that is not documented reaches the caller as an error', async () => {
  const { outcome } = await send(contract.operations[0]!, { prefer: 'code=418' })
  expect(outcome.error).toBeDefined()
})
