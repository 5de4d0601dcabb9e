// behaviour.json is the table; each row is played by a real server.
import { inspect } from 'node:util'
import { CekuraError, type ClientOptions, type ListOptions } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { createClientWith } from '../src/create-client.ts'
import { waitFor, type Effects } from '../src/effects.ts'
import table from './behaviour.json' with { type: 'json' }
import { startScriptedServer, type Step } from './scripted-server.ts'

interface Case {
  name: string
  call?: 'all'
  query?: Record<string, unknown>
  options?: ClientOptions
  callOptions?: ListOptions
  steps: Step[]
  want: {
    requests: number
    /** Waits between attempts, in milliseconds. */
    waits?: number[]
    ids?: number[]
    pages?: string[]
    sent?: Record<string, string>
    headers?: Record<string, string | null>
    code?: string
    status?: number
    attempts?: number
    retryAfterMs?: number
    message?: string
    maxMessage?: number
  }
}

const apiKey = 'canary-key-123'

const isDate = (value: unknown): value is { $date: string } =>
  typeof value === 'object' && value !== null && '$date' in value

/** JSON has no dates and no undefined. */
const revive = (query: Record<string, unknown> = {}): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({ agent_id: 7, ...query } as Record<string, unknown>).map(([name, value]) => [
      name,
      isDate(value) ? new Date(value.$date) : (value ?? undefined),
    ]),
  )

async function play({ call, query, options, callOptions, steps }: Case) {
  await using thief = await startScriptedServer([{ status: 200, text: 'stolen' }])
  const withThief = JSON.parse(JSON.stringify(steps).replaceAll('{thief}', thief.url)) as Step[]
  // Its time is over once the service holds an attempt up, however slow the machine is.
  let late = new AbortController()
  let fault: Step['fault']
  await using server = await startScriptedServer(withThief, (step) => {
    ;({ fault } = step)
    if (fault === 'stall') late.abort()
  })
  const waits: number[] = []
  const start = Date.parse('2025-06-01T00:00:00Z')
  const effects: Effects = {
    now: () => start + waits.reduce((sum, wait) => sum + wait, 0),
    random: () => 0,
    async wait(delayMs, _, work) {
      if (work) return waitFor(delayMs, (late = new AbortController()).signal, work)
      waits.push(delayMs)
    },
  }
  const fetchHeld: ClientOptions['fetch'] = async (url, init) => {
    const response = await fetch(url, init)
    // The headers are there, and the body is being read by then.
    if (fault === 'stallBody' || fault === 'drip') setImmediate(() => late.abort())
    return response
  }
  const ids: number[] = []
  let error: unknown
  try {
    const client = createClientWith(
      { apiKey, baseUrl: server.url, fetch: fetchHeld, ...options },
      effects,
    )
    const list = client.callLogs.list(revive(query) as never, callOptions)
    if (call === 'all') for await (const { id } of list) ids.push(id)
    else ids.push(...(await list).results.map(({ id }) => id))
  } catch (thrown) {
    error = thrown
  }
  return { ids, error, waits, requests: server.requests, stolen: thief.requests.length }
}

test.each(table as unknown as Case[])('$name', async (row) => {
  const { want } = row
  const { ids, error, waits, requests, stolen } = await play(row)
  if (want.code === undefined) expect(error).toBeUndefined()
  else {
    expect(CekuraError.is(error), inspect(error)).toBe(true)
    const failure = error as CekuraError
    expect(failure.code).toBe(want.code)
    if (want.status !== undefined) expect(failure.status).toBe(want.status)
    if (want.attempts !== undefined) expect(failure.attempts).toBe(want.attempts)
    if (want.retryAfterMs !== undefined) expect(failure.retryAfterMs).toBe(want.retryAfterMs)
    if (want.message !== undefined) expect(failure.message).toContain(want.message)
    if (want.maxMessage !== undefined) expect(failure.message.length).toBeLessThan(want.maxMessage)
  }
  expect(requests).toHaveLength(want.requests)
  if (want.waits) expect(waits).toEqual(want.waits)
  if (want.ids) expect(ids).toEqual(want.ids)
  if (want.pages) expect(requests.map(({ query }) => query['page'])).toEqual(want.pages)
  if (want.sent) expect(requests[0]!.query).toEqual({ agent_id: '7', ...want.sent })
  for (const [name, value] of Object.entries(want.headers ?? {}))
    expect(requests[0]!.headers[name]).toBe(value ?? undefined)
  // Whatever happened, the key stayed where it belongs.
  expect(stolen).toBe(0)
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(apiKey)
  expect(JSON.stringify(error) ?? '').not.toContain(apiKey)
})

test('the table has at least 80 rows, each with a name of its own', () => {
  const names = table.map(({ name }) => name)
  expect(names.length).toBeGreaterThanOrEqual(80)
  expect(new Set(names).size).toBe(names.length)
})

test.each<{ name: string; row: Case; broken: Partial<Case['want']> }>([
  { name: 'a wrong number of requests', row: table[0] as Case, broken: { requests: 3 } },
  { name: 'a wrong wait', row: table[0] as Case, broken: { waits: [1] } },
  { name: 'a missing failure', row: table[0] as Case, broken: { code: 'server' } },
])('a row with $name would fail', async ({ row, broken }) => {
  const { waits, requests, error } = await play(row)
  const seen = { requests: requests.length, waits, code: (error as CekuraError | undefined)?.code }
  expect(seen).not.toMatchObject(broken)
})
