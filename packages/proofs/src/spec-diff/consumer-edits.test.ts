import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Json, SpecDocument } from '@cekura-kit/spec'
import { diffSpecs, type Bump } from '@cekura-kit/spec-diff'
import { compileConsumers, writeConsumers, type ConsumerLine } from '@cekura-kit/spec-diff/testing'
import { generateFiles } from '@cekura-kit/types/generator'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { afterAll, expect, test } from 'vitest'

const released = structuredClone(bundled) as unknown as SpecDocument
const folder = mkdtempSync(join(tmpdir(), 'consumer-edits-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Loose = { [key: string]: Loose } & { push(value: Json): void }

const releasedNodes = released as unknown as Loose
// One of the edits makes it optional.
releasedNodes['components']!['parameters']!['AgentId']!['required'] = true as unknown as Loose
const statuses = releasedNodes['components']!['schemas']!['CallLogStatus']!['enum']

const list = '/observability/v1/call-logs/'
const ok = (schema: Json): Json => ({
  200: { description: 'OK.', content: { 'application/json': { schema } } },
})
const id: Json = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } }
const addPath = (path: string, item: Json) => (document: Loose) => {
  document['paths']![path] = item as unknown as Loose
}

/** What the vendor did or could do next, and the bump that a consumer expects of it. */
const edits: [name: string, bump: Bump, edit: (document: Loose) => void][] = [
  [
    'an optional query parameter',
    'minor',
    (d) =>
      d['paths']![list]!['get']!['parameters']!.push({
        name: 'project_id',
        in: 'query',
        schema: { type: 'integer' },
      }),
  ],
  [
    'an optional field of a schema',
    'minor',
    (d) => {
      const { properties } = d['components']!['schemas']!['CallLog']!
      properties!['added_by_test'] = { type: 'string' } as unknown as Loose
    },
  ],
  [
    'a required parameter that becomes optional',
    'minor',
    (d) => delete d['components']!['parameters']!['AgentId']!['required'],
  ],
  [
    'one more value of a response enum',
    'major',
    (d) => d['components']!['schemas']!['CallLogStatus']!['enum']!.push('added_by_test'),
  ],
  [
    'an operation with a path parameter',
    'minor',
    addPath('/notes/{id}/', {
      get: {
        operationId: 'notes.get',
        parameters: [id],
        responses: ok({ $ref: '#/components/schemas/CallLog' }),
      },
    }),
  ],
  [
    'an operation with a request body',
    'minor',
    addPath('/notes/send/', {
      post: {
        operationId: 'notes.send',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['call_ids'],
                properties: { call_ids: { type: 'array', items: { type: 'integer' } } },
              },
            },
          },
        },
        responses: ok({ type: 'object', properties: { accepted: { type: 'integer' } } }),
      },
    }),
  ],
  [
    'an operation that returns a list',
    'minor',
    addPath('/notes/', {
      get: {
        operationId: 'notes.list',
        responses: ok({
          type: 'array',
          items: { type: 'object', properties: { id: { type: 'integer' } } },
        }),
      },
    }),
  ],
  [
    'an operation without a response body',
    'minor',
    addPath('/notes/{id}/', {
      delete: {
        operationId: 'notes.delete',
        parameters: [id],
        responses: { 204: { description: 'Deleted.' } },
      },
    }),
  ],
]

/** Code that uses the aliases and inputs, as consumers of the package do. */
const ownLines: ConsumerLine[] = [
  'void ((query: Types.CallLogsListQuery) => query.agent_id)',
  'void ((query: Types.CallLogsListQuery): keyof Types.CallLogsListQuery => "agent_id")',
  'use<Types.CallLogsListQuery>({ agent_id: 1, page: 2 })',
  'use<Types.CallLogsListInput>({ agent_id: 1, timestamp_from: new Date(), call_ids: [1, 2] })',
  'void ((page: Types.CallLogsListResponse): Types.CallLog[] => page.results)',
  'void ((call: Types.CallLog): Types.CallLogStatus => call.status)',
  `void ((status: Types.CallLogStatus): (${JSON.stringify(statuses)})[number] => status)`,
  'use<Types.ApiOperations["callLogs"]>(a<never>())',
].map((code) => ({ code, label: 'alias' }))

/** The types package of an edited document. */
async function writePackage(name: string, document: SpecDocument): Promise<string> {
  const root = join(folder, name.replaceAll(' ', '-'))
  cpSync(fileURLToPath(new URL('../../../types/src', import.meta.url)), join(root, 'src'), {
    recursive: true,
  })
  for (const { path, text } of await generateFiles(document)) writeFileSync(join(root, path), text)
  return join(root, 'src/index.ts')
}

test('consumers of the released types compile exactly when the bump is below major', async () => {
  const lines = [...writeConsumers(released), ...ownLines]
  const cases = await Promise.all(
    [['no edit', 'none', () => {}] as (typeof edits)[number], ...edits].map(
      async ([name, bump, edit]) => {
        const document = structuredClone(released)
        edit(document as unknown as Loose)
        return { name, bump, document, types: await writePackage(name, document) }
      },
    ),
  )
  const failed = await compileConsumers(cases.map(({ types }) => ({ lines, types })))
  const found = cases.map(({ name, document }, i) => ({
    name,
    bump: diffSpecs(released, document).bump,
    breaks: failed[i]!.length > 0,
  }))
  expect(found).toEqual(cases.map(({ name, bump }) => ({ name, bump, breaks: bump === 'major' })))
})
