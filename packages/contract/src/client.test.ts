// What the suite asks over HTTP, asked through the client: each answer reaches its caller as documented.
import { CekuraError, createClient, type CekuraClient } from '@cekura-kit/client'
import '@cekura-kit/mock/vitest'
import {
  createSchemaValidator,
  listOperations,
  type Operation,
  type SpecDocument,
} from '@cekura-kit/spec'
import { apiKeyHeader, specDigest, type CallLogsListQuery } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { describe, expect, inject, test } from 'vitest'
import { closeSchemas } from './close-schemas.ts'
import { coerceQuery, wireTexts } from './query-values.ts'

const mock = inject('mock')
const document = bundled as unknown as SpecDocument
const operations = listOperations(document)
const judge = createSchemaValidator(closeSchemas(document))

/** How the client's facade calls an operation; one without a method is called raw only. */
const facade: {
  [operationId: string]: (client: CekuraClient, query: never) => PromiseLike<unknown>
} = {
  'callLogs.list': (client, query: CallLogsListQuery) => client.callLogs.list(query),
}

const codes: { [status: string]: string } = {
  '400': 'bad_request',
  '401': 'authentication',
  '403': 'permission',
  '404': 'not_found',
  '429': 'rate_limit',
  '500': 'server',
}

type Query = Record<string, unknown>

const requiredQuery = ({ parameters }: Operation): Query =>
  Object.fromEntries(
    parameters
      .filter((parameter) => parameter.required && parameter.in === 'query')
      .map(({ name, examples }) => [name, examples[0]]),
  )

interface Call {
  query?: Query
  headers?: Record<string, string>
}

/** One request through the client's own transport, as the client would send it. */
async function send(
  operation: Operation,
  { query = requiredQuery(operation), headers = {} }: Call,
) {
  const seen: Response[] = []
  const client = createClient({
    apiKey: 'contract-key',
    maxRetries: 0,
    baseUrl: mock.url,
    fetch: async (url, init) => {
      const all = new Headers(init.headers)
      for (const [name, value] of Object.entries(headers)) all.set(name, value)
      const response = await fetch(url, { ...init, headers: all })
      seen.push(response.clone())
      return response
    },
  })
  const outcome = await client.raw.request(
    operation.method.toLowerCase() as 'get',
    operation.path as never,
    { params: { query } } as never,
  )
  const thrown = await facade[operation.operationId]?.(client, query as never).then(
    () => undefined,
    (error: unknown) => error,
  )
  const response = seen[0]!
  const violations = response.headers.get('sl-violations')
  const text = await response.text()
  return { outcome, thrown, response, violations, text }
}

test('the mock serves the document that the types were generated from', () => {
  expect(mock.digest).toBe(specDigest)
})

describe.each(operations)('$operationId', (operation) => {
  const query = requiredQuery(operation)
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query')
  const success = operation.responses.find(({ status }) => status.startsWith('2'))!

  test('documents an example of every response', () => {
    for (const { status, examples } of operation.responses)
      expect(examples.length, `examples of ${status}`).toBeGreaterThan(0)
  })

  test('a call with what is required only is accepted', async () => {
    const { response, violations } = await send(operation, {})
    expect(response.status).toBe(Number(success.status))
    expect(violations).toBeNull()
  })

  const refused = inQuery.flatMap((parameter) =>
    wireTexts(parameter)
      .filter((value) => judge(parameter.schema)(coerceQuery(parameter, value)) !== undefined)
      .map((value) => ({ name: parameter.name, value })),
  )

  test.each(refused)(
    'a call with $name "$value" is refused as bad_request',
    async ({ name, value }) => {
      const { response, thrown } = await send(operation, { query: { ...query, [name]: value } })
      expect(response.status).toBe(400)
      // The facade refuses most of them itself, before anything is sent.
      if (thrown !== undefined)
        expect(['usage', 'bad_request']).toContain((thrown as CekuraError).code)
    },
  )

  test.each(inQuery.filter(({ required }) => required))(
    'a call without the required $name is refused as bad_request',
    async ({ name }) => {
      const { [name]: _, ...rest } = query
      const { response } = await send(operation, { query: rest })
      expect(response.status).toBe(400)
    },
  )

  test('a call without a key is refused as authentication', async () => {
    const { response, thrown } = await send(operation, { headers: { [apiKeyHeader]: '' } })
    expect(response.status).toBe(401)
    if (thrown !== undefined) expect(CekuraError.is(thrown, 'authentication')).toBe(true)
  })

  describe.each(operation.responses)('$status', ({ status, content, examples, headers }) => {
    test.each(examples)(
      'example $name arrives as documented',
      async ({ name, mediaType, value }) => {
        const call = {
          headers: { prefer: `code=${status}, example=${name}`, accept: mediaType },
        }
        const { outcome, thrown, response, text } = await send(operation, call)
        expect(response.status).toBe(Number(status))
        expect(response.headers.get('content-type')).toContain(mediaType)
        const body: unknown = mediaType === 'application/json' ? JSON.parse(text) : text
        expect(body).toEqual(value)
        expect(judge(content[mediaType]!)(body)).toBeUndefined()
        for (const header of headers) expect(response.headers.has(header)).toBe(true)
        if (status.startsWith('2')) {
          expect(outcome.data).toEqual(value)
          expect(thrown).toBeUndefined()
        } else {
          expect(outcome.error).toEqual(value)
          if (facade[operation.operationId]) {
            expect(CekuraError.is(thrown)).toBe(true)
            expect(thrown).toMatchObject({
              code: codes[status],
              status: Number(status),
              body: value,
            })
          }
        }
      },
    )
  })
})

test('a status that the document does not have still reaches the caller as an error', async () => {
  const { thrown } = await send(operations[0]!, { headers: { prefer: 'code=418' } })
  expect(CekuraError.is(thrown)).toBe(true)
})
