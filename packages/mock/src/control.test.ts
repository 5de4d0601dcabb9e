import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { createControl } from './control.ts'
import { MockError } from './mock-error.ts'
import type { SandboxReset } from './sandbox/sandbox-options.ts'

const violation = { location: 'response.body', message: 'must have results' }

/** A control, and what it has told its mock. */
function start(sandbox?: Hono) {
  const told: unknown[] = []
  const control = createControl({
    setTransportFaults(schedule) {
      if (schedule === 'bad') throw new MockError('Cannot follow "bad"')
      if (schedule === 'worse') throw new Error('A defect')
      told.push(schedule)
    },
    violations: () => [violation],
    async reset(change: SandboxReset) {
      told.push(change)
    },
    sandbox,
  })
  const post = async (path: string, body: string) => {
    const response = await control.request(path, { method: 'POST', body })
    return [response.status, await response.text()]
  }
  const read = async (path: string) => (await control.request(path)).json() as Promise<unknown>
  return { control, told, post, read }
}

test('whoever is answered finds the mock ready, and its violations', async () => {
  const { read } = start()
  expect([await read('/health'), await read('/violations')]).toEqual([
    { status: 'ok' },
    [violation],
  ])
})

test('a schedule and a reset reach the mock, the reset with or without a change', async () => {
  const { told, post } = start()
  for (const [path, body] of [
    ['/transport', '1:reset'],
    ['/transport', ''],
    ['/reset', ''],
    ['/reset', '{"seed":2}'],
  ] as const)
    expect(await post(path, body)).toEqual([204, ''])
  expect(told).toEqual(['1:reset', '', {}, { seed: 2 }])
})

test.each([
  ['/transport', 'bad', /^Cannot follow "bad"$/],
  ['/reset', '{"port":1}', /^Cannot reset: .*"port"/],
  ['/reset', '{', /^Cannot read the request body: .*JSON/],
])('POST %s of %s is refused with the reason', async (path, body, want) => {
  const { told, post } = start()
  const [status, text] = await post(path, body)
  expect([status, JSON.parse(String(text))]).toEqual([400, { detail: expect.stringMatching(want) }])
  expect(told).toEqual([])
})

test('a defect of the mock is no fault of the request', async () => {
  await expect(start().post('/transport', 'worse')).rejects.toThrow('A defect')
})

test('the routes of the sandbox are there when it is', async () => {
  const sandbox = new Hono().get('/requests', (context) => context.json([]))
  expect(await start(sandbox).read('/requests')).toEqual([])
  expect((await start().control.request('/requests')).status).toBe(404)
})
