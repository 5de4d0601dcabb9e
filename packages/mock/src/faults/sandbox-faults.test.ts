import { expect, test } from 'vitest'
import { path, startSandbox } from '../api/sandbox.test-helper.ts'

test('scripted faults apply to the requests they name, and requests without a key use up none', async () => {
  const { send, statuses, control } = startSandbox()
  await control('/faults', [{ after: 1, times: 2, status: 500 }, { status: 403 }])
  await send({}, undefined, '')
  expect(await statuses(5)).toEqual([200, 500, 500, 403, 200])
  expect(await control('/requests')).toMatchObject([
    { status: 401 },
    { status: 200 },
    { status: 500, by: 'fault' },
    { status: 500, by: 'fault' },
    { status: 403, by: 'fault' },
    { status: 200, operationId: 'callLogs.list', method: 'GET', path },
  ])
})

test.each([
  { retryAfter: 7, text: '7' },
  { retryAfter: '2025-01-15T12:00:07Z', text: 'Wed, 15 Jan 2025 12:00:07 GMT' },
])('Retry-After of $retryAfter is "$text"', async ({ retryAfter, text }) => {
  const { send, control } = startSandbox()
  await control('/faults', [{ status: 429, retryAfter }])
  const scripted = await send()
  const byHeader = await send({}, `status=429; retryAfter=${retryAfter}`)
  for (const response of [scripted, byHeader])
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, text])
})

test('a fault in the header applies to that request and leaves the script unchanged', async () => {
  const { send, statuses, control } = startSandbox()
  await control('/faults', [{ status: 403 }])
  expect((await send({}, 'status=500')).status).toBe(500)
  expect(await statuses(2)).toEqual([403, 200])
})

test('an invalid fault header is a 400 with the expected form', async () => {
  const response = await startSandbox().send({}, 'explode=1')
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({
    'x-sandbox-fault': [expect.stringMatching(/unknown field "explode", expected any of status/)],
  })
})

test.each([0, 3, 500_000])('count can be %i, right or wrong', async (count) => {
  const { send, page } = startSandbox({ rows: 60 })
  const { count: _, ...rest } = await page({ page: 2 })
  expect(await (await send({ page: 2 }, `count=${count}`)).json()).toEqual({ count, ...rest })
})
