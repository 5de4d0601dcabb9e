import type { Measurements } from './contender.ts'
import { line, median, run, serve } from './measure.ts'

const rows = 80_000
const pageSize = 100
const rounds = 3
const goal = 0.9
// More at a time get more of the month, so that each takes some seconds.
const contenders = [
  { name: 'for loop over the pages', kind: 'loop', concurrency: 1, to: '2025-01-08T00:00:00Z' },
  { name: 'export, 1 at a time', kind: 'export', concurrency: 1, to: '2025-01-08T00:00:00Z' },
  { name: 'export, 2 at a time', kind: 'export', concurrency: 2, to: '2025-01-15T00:00:00Z' },
  { name: 'export, 8 at a time', kind: 'export', concurrency: 8, to: '2025-02-01T00:00:00Z' },
]

interface Measured extends Measurements {
  requests: number
}

const ask = async (url: string): Promise<string> => (await fetch(url)).text()

function tell(name: string, all: readonly Measured[], latencyMs: number, atATime: number): void {
  const middle = (figure: (one: Measured) => number): number => median(all.map(figure))
  const pages = Math.ceil(all[0]!.rows / pageSize)
  const requests = middle((one) => one.requests)
  const perRequest = middle(({ cpuMs, requests: made }) => cpuMs / made)
  const cost = `${requests} requests for ${pages} pages, ${perRequest.toFixed(1)} ms of processor each`
  const speed = middle(({ rows: calls, ms }) => (calls / ms) * 1000)
  const shareOf = (count: (one: Measured) => number): string =>
    middle((one) => (count(one) * latencyMs) / atATime / one.ms).toFixed(2)
  const shares =
    latencyMs === 0
      ? ''
      : `, ${shareOf((one) => one.requests)} of its requests' limit (goal ${goal}), ${shareOf(() => pages)} of the full pages'`
  line(name, `${speed.toFixed(0).padStart(6)}  ${cost}${shares}`)
}

/**
 * Calls a second, and how near that is to the limit of arithmetic: requests × latency ÷ requests at a
 * time. Once for the requests that were made, which says how well they overlap with the work; once for
 * the fewest there can be, calls ÷ page size, which says what it costs that a window fits one answer.
 */
export async function benchSpeed(): Promise<void> {
  await using service = await serve('service.ts', rows)
  const { url } = service
  for (const latencyMs of [0, 50]) {
    await ask(`${url}/latency?ms=${latencyMs}`)
    const measured = contenders.map((): Measured[] => [])
    // Interleaved, so that a slow moment of the machine falls on all of them.
    for (let round = 0; round < rounds; round++)
      for (const [at, { name, kind, concurrency, to }] of contenders.entries()) {
        await ask(`${url}/requests`)
        const measured1 = await run<Measurements>(
          'contender.ts',
          kind,
          url,
          `${concurrency}`,
          'ndjson',
          to,
        )
        const requests = Number(await ask(`${url}/requests`))
        if (measured1.rows !== (measured[at]![0] ?? measured1).rows)
          throw new Error(`${name} has ${measured1.rows} calls, and had another number before`)
        measured[at]!.push({ ...measured1, requests })
      }
    console.log(`\n${latencyMs} ms a request: calls a second, median of ${rounds}`)
    for (const [at, { name, concurrency }] of contenders.entries())
      tell(name, measured[at]!, latencyMs, concurrency)
  }
}
