import type { Figures } from './contender.ts'
import { line, median, run, serve } from './measure.ts'

const rows = 20_000
const rounds = 3
const goal = 0.9
const contenders = [
  { name: 'for loop over the pages', args: ['loop', '1'], concurrency: 1 },
  { name: 'export, 1 at a time', args: ['export', '1'], concurrency: 1 },
  { name: 'export, 2 at a time', args: ['export', '2'], concurrency: 2 },
  { name: 'export, 8 at a time', args: ['export', '8'], concurrency: 8 },
]

interface Measured {
  ms: number[]
  requests: number
}

const requestsOf = async (url: string): Promise<number> =>
  Number(await (await fetch(`${url}/requests`)).text())

/** Calls a second, and how near that is to requests × latency ÷ requests at a time. */
export async function benchSpeed(): Promise<void> {
  for (const latencyMs of [0, 50]) {
    await using service = await serve('service.ts', rows, latencyMs)
    const measured = new Map<string, Measured>()
    // Interleaved, so that a slow moment of the machine falls on all of them.
    for (let round = 0; round < rounds; round++)
      for (const { name, args } of contenders) {
        const [kind, concurrency] = args as [string, string]
        const figures = await run<Figures>('contender.ts', kind, service.url, concurrency, 'ndjson')
        if (figures.rows !== rows) throw new Error(`${name} has ${figures.rows} of ${rows} calls`)
        const requests = await requestsOf(service.url)
        measured.set(name, { ms: [...(measured.get(name)?.ms ?? []), figures.ms], requests })
      }
    const limit = latencyMs === 0 ? '' : `, share of requests × ${latencyMs} ms ÷ at a time`
    console.log(
      `\n${rows} calls, ${latencyMs} ms a request: calls a second, median of ${rounds}${limit}`,
    )
    for (const { name, concurrency } of contenders) {
      const { ms, requests } = measured.get(name)!
      const speed = (rows / median(ms)) * 1000
      const shares = ms.map((taken) => (requests * latencyMs) / concurrency / taken)
      const share =
        latencyMs === 0
          ? ''
          : `  ${median(shares).toFixed(2)} (${Math.min(...shares).toFixed(2)} to ${Math.max(...shares).toFixed(2)}; goal ${goal})`
      line(name, `${speed.toFixed(0).padStart(7)}  ${requests} requests${share}`)
    }
  }
}
