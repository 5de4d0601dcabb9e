import { connect } from 'node:net'
import { apiKeyHeader, operationPaths } from '@cekura-kit/types'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMock, type Mock } from '../index.ts'

const path = `${operationPaths.listCallLogs}?agent_id=2142&page_size=5`
const request = `GET ${path} HTTP/1.1\r\nhost: mock\r\n${apiKeyHeader}: k\r\naccept: application/json\r\n\r\n`
const headers = { [apiKeyHeader]: 'k', accept: 'application/json' }
// As many characters as bytes.
const latin1 = async (response: Response) =>
  Buffer.from(await response.arrayBuffer()).toString('latin1')
const ask = (mock: Mock) => fetch(mock.url + path, { headers, redirect: 'manual' })
const plan = (mock: Mock, schedule: string) =>
  fetch(`${mock.controlUrl}/transport`, { method: 'POST', body: schedule })

let mock: Mock
let whole: string
beforeAll(async () => {
  mock = await startMock({ mode: 'sandbox', rows: 20 })
  whole = await latin1(await ask(mock))
})
afterAll(() => mock.close())

/** What one request gets on the wire, until the connection ends or `enough` is there. */
async function wire(enough: (text: string) => boolean = () => false) {
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
  let text = ''
  let chunks = 0
  const ended = new Promise<string>((resolve) => {
    socket.on('data', (data: Buffer) => {
      chunks++
      text += data.toString('latin1')
      if (enough(text)) resolve('open')
    })
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? ''))
    socket.on('end', () => resolve('end'))
  })
  socket.write(request)
  const end = await ended
  socket.destroy()
  const [head = '', body = ''] = text.split('\r\n\r\n')
  return { end, head, body, chunks, length: Number(/content-length: (\d+)/i.exec(head)?.[1]) }
}

test('reset ends the connection before a byte has come', async () => {
  await plan(mock, '1:reset')
  expect(await wire()).toMatchObject({ end: 'ECONNRESET', head: '', body: '' })
})

test('reset-after-headers resets it in the middle of the body', async () => {
  await plan(mock, '1:reset-after-headers')
  const { end, head, body, length } = await wire()
  expect([end, length]).toEqual(['ECONNRESET', whole.length])
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(whole.startsWith(body)).toBe(true)
  expect(body.length).toBeLessThan(whole.length)
})

test('truncate closes it after that many bytes of the body', async () => {
  await plan(mock, '1:truncate@300')
  expect(await wire()).toMatchObject({
    end: 'end',
    body: whole.slice(0, 300),
    length: whole.length,
  })
})

test('stall sends that many bytes and keeps the connection', async () => {
  await plan(mock, '1:stall@7')
  const { end, body, length } = await wire((text) => text.endsWith(whole.slice(0, 7)))
  expect([end, body, length]).toEqual(['open', whole.slice(0, 7), whole.length])
})

test('stall without a number answers nothing, and close() does not wait for it', async () => {
  await using other = await startMock({ mode: 'sandbox', transport: '*:stall' })
  const hanging = ask(other)
  await expect.poll(async () => (await journal(other)).length).toBe(1)
  await Promise.all([other.close({ graceMs: 60_000 }), expect(hanging).rejects.toThrow()])
})

const journal = async (of: Mock) =>
  (await (await fetch(`${of.controlUrl}/requests`)).json()) as unknown[]

test('drip sends the whole body in small pieces', async () => {
  await plan(mock, '1:drip@200')
  const { body, chunks, length } = await wire()
  expect([body, length]).toEqual([whole, whole.length])
  expect(chunks).toBeGreaterThan(whole.length / 400)
})

test('bad-json is a whole answer that does not parse', async () => {
  await plan(mock, '1:bad-json')
  const response = await ask(mock)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('application/json')
  const text = await latin1(response)
  expect(whole.startsWith(text)).toBe(true)
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
})

test.each([502, 503, 504])('html-%i is an error page of a gateway', async (status) => {
  await plan(mock, `1:html-${status}`)
  const response = await ask(mock)
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('text/html')
  expect(await response.text()).toContain(`<h1>${status}`)
})

test('redirect leads to another origin, or to the given one', async () => {
  await plan(mock, '1:redirect,2:redirect@http://127.0.0.1:9/x')
  const [one, other] = [await ask(mock), await ask(mock)]
  expect([one.status, one.headers.get('location')]).toEqual([
    302,
    `https://elsewhere.invalid${path}`,
  ])
  expect(other.headers.get('location')).toBe('http://127.0.0.1:9/x')
})

test.each([10, -10])('wrong-length is wrong by %i', async (difference) => {
  await plan(mock, `1:wrong-length@${difference}`)
  const { end, body, length } = await wire()
  expect([end, body, length]).toEqual(['end', whole, whole.length + difference])
})

test('gzip-bomb is small on the wire and large unpacked', async () => {
  await plan(mock, '1:gzip-bomb@8')
  const response = await ask(mock)
  expect(response.headers.get('content-encoding')).toBe('gzip')
  const text = await latin1(response)
  expect(text.length).toBeGreaterThan(8_000_000)
  expect(JSON.parse(text)).toMatchObject({ results: [] })
})

test('latency delays an answer and leaves it as it is', async () => {
  await plan(mock, '1:latency@60')
  const start = performance.now()
  expect(await latin1(await ask(mock))).toBe(whole)
  expect(performance.now() - start).toBeGreaterThan(55)
})

test('only the numbered requests are hit, counted from the schedule on', async () => {
  await plan(mock, '2-3:html-503')
  const statuses: number[] = []
  for (let n = 0; n < 4; n++) statuses.push((await ask(mock)).status)
  expect(statuses).toEqual([200, 503, 503, 200])
})

test('reset() and an empty schedule end the faults', async () => {
  await plan(mock, '*:html-503')
  await mock.reset()
  expect((await ask(mock)).status).toBe(200)
  await plan(mock, '*:html-503')
  await plan(mock, '')
  expect((await ask(mock)).status).toBe(200)
})

test('a hundred connections at once with faults by chance are all ended', async () => {
  await plan(mock, 'p=0.5,seed=3')
  const ends = await Promise.allSettled(
    Array.from({ length: 100 }, () => ask(mock).then((response) => response.json())),
  )
  const broken = ends.filter(({ status }) => status === 'rejected').length
  expect(broken).toBeGreaterThan(20)
  expect(broken).toBeLessThan(80)
  await plan(mock, '')
  expect((await ask(mock)).status).toBe(200)
})

test.each([
  { text: '1:explode', want: /no fault "explode"; give one of reset, reset-after-headers, trunc/ },
  { text: 'p=0.1,1:reset', want: /"1:reset" is unknown; write "1:reset,/ },
])(
  'the schedule "$text" is refused with the fix, by control and before a start',
  async ({ text, want }) => {
    const response = await plan(mock, text)
    expect([response.status, await response.text()]).toEqual([400, expect.stringMatching(/Cannot/)])
    await expect(startMock({ transport: text })).rejects.toThrow(want)
  },
)
