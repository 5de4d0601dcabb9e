// What changes in the document needs no code: each mode follows it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listOperations, type SpecDocument } from '@cekura-kit/spec/document'
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { control } from '../mock.test-helper.ts'
import { startMock, type Mock } from '../index.ts'

const { path } = operationDescriptors['callLogs.list']
const added = '/observability/v1/recordings/'
const item = `${added}{id}/`
const json = (schema: object, example: unknown) => ({
  description: 'A response.',
  content: { 'application/json': { schema, examples: { one: { value: example } } } },
})

const title = { type: 'string', description: 'What is wrong.' }
const problem = {
  description: 'A problem.',
  content: {
    'application/problem+json': {
      schema: { type: 'object', required: ['title'], properties: { title } },
      examples: { one: { value: { title: 'Rejected' } } },
    },
  },
}

interface Document {
  paths: Record<string, Record<string, { parameters: { name?: string; $ref?: string }[] }>>
  components: {
    parameters: Record<string, { name: string; required?: boolean }>
    schemas: Record<string, { required: string[]; properties: Record<string, object> }>
  }
}

/** Adds operations with a path parameter, a body, and no response body. */
function addOperations(changed: Document): void {
  const id = {
    name: 'id',
    in: 'path',
    required: true,
    description: 'Identifies the call.',
    schema: { type: 'string' },
    example: 'a b/c',
  }
  const accepted = { type: 'object', description: 'Result.', properties: {} }
  Object.assign(changed.paths, {
    [item]: {
      get: {
        operationId: 'recordings.get',
        summary: 'Get a recording',
        description: 'Returns a recording.',
        parameters: [id],
        responses: { 200: json(accepted, { id: 5 }) },
      },
      delete: {
        operationId: 'recordings.delete',
        summary: 'Delete',
        description: 'Deletes a recording.',
        parameters: [id],
        responses: { 204: { description: 'Deleted.' }, default: problem },
      },
    },
    [`${added}evaluate/`]: {
      post: {
        operationId: 'recordings.evaluate',
        summary: 'Evaluate',
        description: 'Evaluates.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                description: 'Calls.',
                required: ['call_ids'],
                properties: {
                  call_ids: {
                    type: 'array',
                    description: 'Identifiers.',
                    items: { type: 'integer', description: 'Identifies a recording.' },
                  },
                },
              },
            },
          },
        },
        responses: { 202: json(accepted, { accepted: 2 }) },
      },
    },
  })
}

/** The document with operations of other kinds, and with changes to the list. */
function changedDocument(): Document {
  const document = structuredClone(bundled) as unknown as Document
  const { schemas, parameters } = document.components
  const list = document.paths[path]!['get']!
  for (const parameter of Object.values(parameters))
    if (parameter.name === 'agent_id') delete parameter.required
  list.parameters.push(
    {
      name: 'project_id',
      in: 'query',
      description: 'Selects the calls of one project.',
      schema: { type: 'integer' },
      example: 7,
    } as { name: string },
    {
      name: 'region',
      in: 'query',
      required: true,
      description: 'Region of the calls.',
      schema: { type: 'string', enum: ['eu', 'us'] },
      example: 'eu',
    } as { name: string },
  )
  schemas['CallLog']!.required.push('agent_name')
  schemas['CallLog']!.properties['agent_name'] = {
    type: 'string',
    description: 'Name of the agent.',
    examples: ['Ada'],
  }
  // The examples follow.
  const text = JSON.stringify(document)
    .replaceAll('"call_id":"', '"agent_name":"Ada","call_id":"')
    .replaceAll('?agent_id=2142', '?agent_id=2142&region=eu')
  const changed = JSON.parse(text) as Document
  addOperations(changed)
  return changed
}

const folder = mkdtempSync(join(tmpdir(), 'mock-document-'))
const spec = join(folder, 'openapi.json')
const document = changedDocument()
beforeAll(() => writeFileSync(spec, JSON.stringify(document)))
afterAll(() => rmSync(folder, { recursive: true }))

describe.each(['static', 'dynamic', 'sandbox', 'proxied'] as const)('mode %s', (mode) => {
  let mock: Mock
  beforeAll(async () => {
    mock = await startMock({ mode, spec, rows: 30 })
  })
  afterAll(() => mock.close())
  const send = (target: string, init: RequestInit = {}) =>
    fetch(mock.url + target, {
      ...init,
      headers: {
        [apiKeyHeader]: 'k',
        accept: 'application/json',
        ...(init.body ? { 'content-type': 'application/json' } : {}),
      },
    })

  test('an operation with a path parameter, also one that needs encoding', async () => {
    for (const id of ['5', encodeURIComponent('a b/c')]) {
      const response = await send(`${added}${id}/`)
      expect(response.status).toBe(200)
      if (mode !== 'dynamic') expect(await response.json()).toEqual({ id: 5 })
    }
  })

  test('an operation with a body, whose path could be a path parameter', async () => {
    for (const [call_ids, status] of [
      [[1, 2], 202],
      ['x', 422],
    ]) {
      const body = JSON.stringify({ call_ids })
      expect((await send(`${added}evaluate/`, { method: 'POST', body })).status).toBe(status)
    }
  })

  test('an operation without a response body', async () => {
    const response = await send(`${added}5/`, { method: 'DELETE' })
    expect([response.status, await response.text()]).toEqual([204, ''])
  })

  test('a wrong method names the methods of its path', async () => {
    const response = await send(`${added}5/`, { method: 'PUT', body: '{}' })
    expect([response.status, response.headers.get('allow')]).toEqual([
      405,
      'GET, DELETE, HEAD, OPTIONS',
    ])
  })

  test('the list without the agent that became optional', async () => {
    expect((await send(`${path}?region=eu`)).status).toBe(200)
  })

  test.each(['', 'region=eu&project_id=abc', 'region=asia', 'region=eu&agent_id=1.5'])(
    'the list with the invalid query "%s"',
    async (query) => expect((await send(`${path}?${query}`)).status).toBe(400),
  )

  test('the control API lists what serves each operation', async () => {
    const listed = (await (await fetch(`${mock.controlUrl}/operations`)).json()) as object[]
    const hasSandbox = mode === 'sandbox' || mode === 'proxied'
    expect(listed).toEqual(
      expect.arrayContaining([
        {
          operationId: 'callLogs.list',
          method: 'GET',
          path,
          servedBy: hasSandbox ? 'sandbox' : 'prism',
        },
        { operationId: 'recordings.get', method: 'GET', path: item, servedBy: 'prism' },
      ]),
    )
    expect(listed).toHaveLength(listOperations(document as unknown as SpecDocument).length)
  })

  test('no response breaks the document', () => {
    expect([mock.violations(), mock.unchecked()]).toEqual([[], []])
  })
})

test('the sandbox names the parameter, ignores its value, fills new required fields, and lists all agents', async () => {
  await using mock = await startMock({ mode: 'sandbox', spec, rows: 30 })
  const send = (query: string) =>
    fetch(`${mock.url}${path}?${query}`, { headers: { [apiKeyHeader]: 'k' } })
  expect(await (await send('project_id=abc')).json()).toEqual({
    project_id: ['A valid integer is required.'],
    region: ['This field is required.'],
  })
  const all = (await (await send('region=eu&project_id=9&page_size=100')).json()) as {
    count: number
    results: { agent: number; agent_name: string }[]
  }
  expect(all.count).toBe(34)
  expect(new Set(all.results.map(({ agent }) => agent))).toEqual(new Set([2142, 2143]))
  expect(all.results.every((call) => call.agent_name === 'Ada')).toBe(true)
})

test('faults apply to every operation of the sandbox', async () => {
  await using mock = await startMock({ mode: 'proxied', spec, rows: 3 })
  const get = () => fetch(`${mock.url}${added}5/`, { headers: { [apiKeyHeader]: 'k' } })
  await control(mock, '/faults', [{ status: 503 }])
  expect([(await get()).status, (await get()).status]).toEqual([503, 200])
  expect(mock.violations()).toMatchObject([{ method: 'GET', path: item, status: 503, number: 1 }])
})

test('an error has the media type and the body that the document describes', async () => {
  await using mock = await startMock({ mode: 'proxied', spec, rows: 3 })
  await control(mock, '/faults', [{ status: 503 }])
  for (const [headers, status] of [
    [{}, 401],
    [{ [apiKeyHeader]: 'k' }, 503],
  ] as const) {
    const response = await fetch(`${mock.url}${added}5/`, { method: 'DELETE', headers })
    expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
      status,
      'application/problem+json',
      { title: 'Rejected' },
    ])
  }
  expect(mock.violations()).toEqual([])
})
