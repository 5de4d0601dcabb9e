// What programs read: a name that goes or becomes another thing is a new schema_version.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMock } from '@cekura-kit/mock'
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import '@cekura-kit/mock/vitest'
import { capture } from '../captured.test-helper.ts'

const folder = mkdtempSync(join(tmpdir(), 'shapes-'))
const output = join(folder, 'a.parquet')
let mock: Awaited<ReturnType<typeof startMock>>
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 60 })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await mock.close()
})

const run = (args: string[], env = {}) =>
  capture([...args, '--agent', '2142'], {
    env: { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: mock.url, ...env },
  })
const january = ['--from', '2025-01-01', '--to', '2025-02-01']

/** Names and kinds of a document; of a list those of its first item. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]))
}
const without = (value: object, ...names: string[]): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))
const parse = (text: string): Record<string, unknown> => JSON.parse(text) as never

const version = { schema_version: 'number' }

test('list and get', async () => {
  const { stdout } = await run(['list', ...january, '--json', '--fields', 'id'])
  expect(shapeOf(parse(stdout))).toEqual({
    ...version,
    agent_id: 'number',
    window: { from: 'string', to: 'string' },
    count: 'number',
    is_complete: 'boolean',
    calls: [{ id: 'number' }],
  })
  const got = await capture(['get', '481522', '--json', '--fields', 'id'], {
    env: { CEKURA_API_KEY: 'canary-key', CEKURA_API_URL: inject('mock').url },
  })
  expect(shapeOf(parse(got.stdout))).toEqual({
    ...version,
    missing: [],
    calls: [{ id: 'number' }],
  })
})

test('stats', async () => {
  const { stdout } = await run(['stats', ...january])
  const document = parse(stdout)
  const metrics = document['metrics'] as { kind: string }[]
  expect(shapeOf(without(document, 'metrics'))).toEqual({
    ...version,
    agent_id: 'number',
    window: { from: 'string', to: 'string' },
    calls: 'number',
    succeeded: 'number',
    failed: 'number',
    not_evaluated: 'number',
    success_rate: 'number',
    reviewed: 'number',
    duration_seconds: { known: 'number', p50: 'number', p90: 'number' },
    ended_reasons: [{ value: 'string', count: 'number' }],
    volume: [
      {
        from: 'string',
        to: 'string',
        partial: 'boolean',
        calls: 'number',
        succeeded: 'number',
        failed: 'number',
        not_evaluated: 'number',
      },
    ],
  })
  expect(shapeOf(metrics.filter(({ kind }) => kind === 'number'))).toEqual([
    {
      id: 'number',
      name: 'string',
      kind: 'string',
      binary: 'boolean',
      count: 'number',
      mean: 'number',
      p10: 'number',
      median: 'number',
      p90: 'number',
      min: 'number',
      max: 'number',
      bins: [{ from: 'number', to: 'number', count: 'number' }],
      labels: [],
    },
  ])
})

test('doctor', async () => {
  const { stdout } = await run(['doctor', '--json'])
  expect(shapeOf(parse(stdout))).toEqual({
    ...version,
    ok: 'boolean',
    version: 'string',
    node: 'string',
    platform: 'string',
    settings: [{ name: 'string', value: 'string', source: 'string' }],
    checks: [{ name: 'string', status: 'string', detail: 'string', fix: 'null' }],
  })
})

test('an error', async () => {
  const facts = {
    code: 'string',
    message: 'string',
    fix: 'string',
    request_id: 'null',
    exit_code: 'number',
  }
  const { stderr } = await run(['list', '--from', 'x', '--json'])
  expect(shapeOf(parse(stderr.trim().split('\n').at(-1)!))).toEqual({ error: facts })
})

test('the manifest of an export', async () => {
  const { stdout } = await run([
    'export',
    ...january,
    '--format',
    'parquet',
    '--json',
    '-o',
    output,
  ])
  const manifest = parse(readFileSync(`${output}.manifest.json`, 'utf8'))
  expect(parse(stdout)).toEqual({ ...manifest, status: 'new' })
  const tally = { new: 'number', changed: 'number', unchanged: 'number', deleted: 'number' }
  expect(shapeOf(manifest)).toEqual({
    ...version,
    tool: 'string',
    tool_version: 'string',
    agent_id: 'number',
    base_url: 'string',
    format: 'string',
    pii: 'string',
    deleted_calls: 'string',
    from: 'string',
    to: 'string',
    calls: 'number',
    first_call: 'string',
    last_call: 'string',
    deleted: 'number',
    quarantined: 'number',
    files: [{ name: 'string', rows: 'number', bytes: 'number', sha256: 'string' }],
    unstable: [],
    last_run: tally,
  })
})

test('the Parquet file of an export', async () => {
  const metadata = await parquetMetadataAsync(await asyncBufferFromFile(output))
  expect(metadata.key_value_metadata).toEqual([{ key: 'cekura_logs.schema_version', value: '1' }])
  expect(
    metadata.schema
      .slice(1)
      .map(({ name, type, converted_type: as = '' }) => `${name} ${type} ${as}`.trim()),
  ).toEqual([
    'id INT64',
    'call_id BYTE_ARRAY UTF8',
    'timestamp INT64 TIMESTAMP_MICROS',
    'status BYTE_ARRAY UTF8',
    'duration BYTE_ARRAY UTF8',
    'duration_seconds INT32',
    'success BOOLEAN',
    'is_reviewed BOOLEAN',
    'agent INT64',
    'call_ended_reason BYTE_ARRAY UTF8',
    'dropoff_point BYTE_ARRAY UTF8',
    'topic BYTE_ARRAY UTF8',
    'customer_number BYTE_ARRAY UTF8',
    'feedback BYTE_ARRAY UTF8',
    'error_message BYTE_ARRAY UTF8',
    'metrics BYTE_ARRAY UTF8',
    'created_at INT64 TIMESTAMP_MICROS',
    'updated_at INT64 TIMESTAMP_MICROS',
    'extra BYTE_ARRAY UTF8',
    '_deleted_at INT64 TIMESTAMP_MICROS',
  ])
})
