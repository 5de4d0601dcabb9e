// Start-up, requests a second, recovery and leftovers of each mode, on the loopback.
import { readdirSync } from 'node:fs'
import { Agent, request as requestHttp } from 'node:http'
import { tmpdir } from 'node:os'
import { apiKeyHeader, operationPaths } from '@cekura-kit/types'
import { startMock, type Mock, type MockMode } from '../src/index.ts'

const modes: MockMode[] = ['static', 'dynamic', 'sandbox', 'proxied']
const path = `${operationPaths.listCallLogs}?agent_id=2142`
const agent = new Agent({ keepAlive: true, maxSockets: 10 })

/** Status of one request, 0 when there was no answer. */
const ask = (
  mock: Mock,
  at = path,
  headers: Record<string, string> = {},
  method = 'GET',
  body = '',
) =>
  new Promise<number>((resolve) => {
    const outgoing = requestHttp(
      mock.url + at,
      { method, agent, headers: { [apiKeyHeader]: 'k', accept: 'application/json', ...headers } },
      (response) => response.resume().on('end', () => resolve(response.statusCode!)),
    )
    outgoing.on('error', () => resolve(0)).end(body)
  })

const since = (start: number): number => performance.now() - start
const quantile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)]!

console.log('start-up to first answer, ms, median of 3')
for (const mode of modes) {
  const times: number[] = []
  for (let n = 0; n < 3; n++) {
    const start = performance.now()
    await using mock = await startMock({ mode })
    await ask(mock)
    times.push(since(start))
  }
  console.log(`  ${mode.padEnd(10)} ${quantile(times, 0.5).toFixed(0)}`)
}

console.log('\nten connections for 3 s: requests a second, p99 in ms')
async function load(mode: MockMode, pageSize?: number): Promise<void> {
  await using mock = await startMock({ mode })
  const at = pageSize ? `${path}&page_size=${pageSize}` : path
  for (let n = 0; n < 20; n++) await ask(mock, at)
  const times: number[] = []
  const start = performance.now()
  const worker = async (): Promise<void> => {
    while (since(start) < 3000) {
      const sent = performance.now()
      if ((await ask(mock, at)) !== 200) throw new Error(`${mode} failed under load`)
      times.push(since(sent))
    }
  }
  await Promise.all(Array.from({ length: 10 }, worker))
  const rate = (times.length / since(start)) * 1000
  console.log(
    `  ${mode.padEnd(10)} ${(pageSize ? `page_size ${pageSize}` : '').padEnd(14)} ${rate.toFixed(0).padStart(6)} ${quantile(times, 0.99).toFixed(1).padStart(7)}`,
  )
}
await load('static')
await load('dynamic')
for (const mode of ['sandbox', 'proxied'] as const)
  for (const pageSize of [1, 25, 100]) await load(mode, pageSize)

console.log('\nhostile request, then a good one: ms until its answer; limit 2000')
{
  await using mock = await startMock()
  await ask(mock)
  const hostile: [string, string, Record<string, string>, string?, string?][] = [
    ['Accept: *', path, { accept: '*' }],
    ['Accept: json', path, { accept: 'json' }],
    ['malformed JSON body', path, { 'content-type': 'application/json' }, 'POST', '{'],
    ['empty JSON body', path, { 'content-type': 'application/json' }, 'POST', ''],
    ['path //', '//', {}],
    ['HEAD', path, {}, 'HEAD'],
  ]
  for (const [name, at, headers, method, body] of hostile) {
    const start = performance.now()
    await ask(mock, at, headers, method, body)
    const status = await ask(mock)
    const took = since(start)
    console.log(`  ${name.padEnd(20)} ${took.toFixed(1)}`)
    if (status !== 200 || took > 2000) process.exitCode = 1
  }
}

const cycles = Number(process.env['MOCK_BENCH_CYCLES'] ?? 1000)
const filesBefore = readdirSync(tmpdir()).length
const start = performance.now()
for (let n = 0; n < cycles; n++) {
  // Prism takes most of a second; every fiftieth cycle has it.
  await using mock = await startMock({ mode: n % 50 === 0 ? 'proxied' : 'sandbox' })
  if ((await ask(mock)) !== 200) process.exitCode = 1
}
agent.destroy()
await new Promise((done) => setImmediate(done))
const left = process.getActiveResourcesInfo().filter((kind) => /TCP|Process/.test(kind)).length
const files = readdirSync(tmpdir()).length - filesBefore
console.log(
  `\n${cycles} start/stop cycles in ${(since(start) / 1000).toFixed(0)} s: ${left} handles and ${files} files left`,
)
