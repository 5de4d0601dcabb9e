import { createClient, type ClientOptions } from '@cekura-kit/client'
import { createCallLog, createMockFetch } from '@cekura-kit/client/testing'
import { operationDescriptors } from '@cekura-kit/types'
import { expect, test } from 'vitest'
import { startScriptedServer } from './scripted-server.ts'

const page = { count: 1, next: null, previous: null, results: [createCallLog({ id: 9 })] }

/** The list of a client whose service answers so, with a middleware that answers in its stead. */
function listThrough(status: number, onResponse: () => Response) {
  const fetch: ClientOptions['fetch'] = async () => Response.json(page, { status })
  const client = createClient({ apiKey: 'k', maxRetries: 0, fetch, middleware: [{ onResponse }] })
  return client.callLogs.list({ agent_id: 1 })
}

test('a middleware may answer in place of the service, and its answer is read', async () => {
  const body = { count: 1, next: null, previous: null, results: [createCallLog({ id: 9 })] }
  const client = createClient({
    apiKey: 'k',
    fetch: () => Promise.reject(new Error('not asked')),
    middleware: [{ onRequest: () => Response.json(body) }],
  })
  expect(await client.callLogs.list({ agent_id: 1 })).toEqual(body)
})

test('a middleware may replace an answer', async () => {
  const { fetch } = createMockFetch({ calls: [createCallLog()] })
  const client = createClient({
    apiKey: 'k',
    fetch,
    middleware: [
      {
        async onResponse({ response }) {
          return Response.json({ ...((await response.json()) as object), count: 7 })
        },
      },
    ],
  })
  expect((await client.callLogs.list({ agent_id: 1 })).count).toBe(7)
})

test('a middleware may make a page of a refusal', async () => {
  expect(await listThrough(404, () => Response.json(page))).toEqual(page)
})

test('a middleware may make a refusal of a page, and it is no page then', async () => {
  const list = listThrough(200, () => Response.json(page, { status: 500 }))
  await expect(list).rejects.toMatchObject({ code: 'invalid_response' })
})

test('what a middleware leaves as a refusal is told as the service said it', async () => {
  const list = listThrough(404, () => Response.json({ detail: 'Mine.' }, { status: 404 }))
  await expect(list).rejects.toMatchObject({ code: 'not_found', attempts: 1, body: page })
})

test('an answer of a middleware that is no page is told with the path', async () => {
  const { callLogs } = createClient({
    apiKey: 'k',
    middleware: [{ onRequest: () => Response.json({}) }],
  })
  await expect(callLogs.list({ agent_id: 1 })).rejects.toMatchObject({
    code: 'invalid_response',
    message: `Cannot GET ${operationDescriptors['callLogs.list'].path}: the answer is no page; check baseUrl`,
    method: 'GET',
    path: operationDescriptors['callLogs.list'].path,
    attempts: 0,
  })
})

test('a middleware sees each call once, and cannot take the key elsewhere', async () => {
  await using server = await startScriptedServer([{ page: { ids: [1], next: null, count: 1 } }])
  let seen = 0
  const client = (away: boolean) =>
    createClient({
      apiKey: 'k',
      baseUrl: server.url,
      middleware: [
        {
          onRequest: ({ request }) => {
            seen++
            return away ? new Request('https://evil.example/', request) : undefined
          },
        },
      ],
    })
  await client(false).callLogs.list({ agent_id: 1 })
  expect(seen).toBe(1)
  await expect(client(true).callLogs.list({ agent_id: 1 })).rejects.toMatchObject({
    code: 'usage',
    message: `Cannot call the API: the URL is "elsewhere"; give ${server.url}`,
  })
})

test('behind a middleware a call keeps its query, its headers and its own limits', async () => {
  await using server = await startScriptedServer([{ status: 503, json: {} }])
  const client = createClient({
    apiKey: 'k',
    baseUrl: server.url,
    middleware: [{ onRequest: () => undefined }],
  })
  const options = { extraQuery: { project_id: 5 }, headers: { 'x-team': 'a' }, maxRetries: 0 }
  const list = client.callLogs.list({ agent_id: 7, page: 2 }, options)
  await expect(list).rejects.toMatchObject({ code: 'server', attempts: 1 })
  expect(server.requests).toMatchObject([
    { query: { agent_id: '7', page: '2', project_id: '5' }, headers: { 'x-team': 'a' } },
  ])
})
