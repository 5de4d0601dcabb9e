import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { createMswSandbox } from '../src/msw.ts'
import {
  line,
  load,
  median,
  path,
  startExecutable,
  startPrismCommand,
  type Load,
} from './measure.ts'

const rounds = 2
const seconds = 3

const url = `https://api.test${path}&page_size=25`
const headers = { [apiKeyHeader]: 'k' }

async function onePage(): Promise<object> {
  const server = setupServer(...createMswSandbox().handlers)
  server.listen()
  const page = (await (await fetch(url, { headers })).json()) as object
  server.close()
  return page
}

/** One after another in this process: how fast a unit test can ask. */
async function fetchesPerSecond(...handlers: Parameters<typeof setupServer>): Promise<number> {
  const server = setupServer(...handlers)
  server.listen()
  const start = performance.now()
  let asked = 0
  for (; performance.now() - start < 2000; asked++) await (await fetch(url, { headers })).json()
  server.close()
  return asked / 2
}

/** Requests a second, interleaved so that a busy machine is busy for all alike. */
export async function benchLoad(): Promise<void> {
  console.log(
    `\nten connections for ${seconds} s, median of ${rounds}: requests a second, p99 in ms`,
  )
  const contenders: [name: string, at: string, start: () => ReturnType<typeof startExecutable>][] =
    [
      ['static', path, () => startExecutable('--mode', 'static')],
      ['peer: prism mock -v silent', path, () => startPrismCommand('-v', 'silent')],
      ['peer: prism mock', path, () => startPrismCommand()],
      ['dynamic', path, () => startExecutable('--mode', 'dynamic')],
      ['peer: prism mock -d -v silent', path, () => startPrismCommand('-d', '-v', 'silent')],
    ]
  for (const mode of ['sandbox', 'proxied'])
    for (const size of [1, 25, 100])
      contenders.push([
        `${mode}, page_size ${size}`,
        `${path}&page_size=${size}`,
        () => startExecutable('--mode', mode),
      ])
  const loads = new Map<string, Load[]>()
  for (let round = 0; round < rounds; round++)
    for (const [name, at, start] of contenders) {
      await using running = await start()
      await load(running.url + at, { requests: 200 })
      loads.set(name, [...(loads.get(name) ?? []), await load(running.url + at, { seconds })])
    }
  for (const [name, taken] of loads) {
    const rate = median(taken.map(({ perSecond }) => perSecond))
    const p99 = median(taken.map(({ p99Ms }) => p99Ms))
    const failed = taken.reduce((sum, one) => sum + one.failed, 0)
    line(name, `${rate.toFixed(0).padStart(6)} ${p99.toFixed(0).padStart(6)}`, {
      isOver: failed > 0,
      text: `${failed} failed of 0`,
    })
  }

  console.log('\nin this process by msw, one after another, 25 calls a page: fetches a second')
  const body = await onePage()
  const bare = http.get(`*${operationDescriptors['callLogs.list'].path}`, () =>
    HttpResponse.json(body),
  )
  line(
    'the sandbox',
    (await fetchesPerSecond(...createMswSandbox().handlers)).toFixed(0).padStart(6),
  )
  line('peer: msw with a fixed body', (await fetchesPerSecond(bare)).toFixed(0).padStart(6))
}
