import { startMock } from '../src/index.ts'
import { ask, line, median, path } from './measure.ts'

const mostMs = 50
const rows = 10_000_000
const assistant = 'assistant_id=agent_xyz789'
const range = 'timestamp_from=2025-01-08T00:00:00Z&timestamp_to=2025-01-22T00:00:00Z'

async function timed(url: string, query: string, page: number): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < 30; n++) {
    const start = performance.now()
    const at = `${path}&page_size=100&${query}&page=${page - (page > 30 ? n : 0)}`
    if ((await ask(url, { at })) !== 200) throw new Error(`There is no page: ${at}`)
    times.push(performance.now() - start)
  }
  return median(times)
}

/** Pages of ten million calls, beside the same pages of ten thousand. */
export async function benchRows(): Promise<void> {
  console.log(`\na page of 100 among ${rows} calls, ms, median of 30; beside it among 10000`)
  await using large = await startMock({ mode: 'sandbox', rows })
  await using small = await startMock({ mode: 'sandbox', rows: 10_000 })
  const queries: [name: string, query: string, deep: (of: number) => number][] = [
    ['every call', '', (of) => of / 100],
    ['an assistant', assistant, (of) => (of * 0.3) / 100],
    ['a range', range, (of) => Math.floor((of * 0.4) / 100)],
    ['an assistant in a range', `${assistant}&${range}`, (of) => Math.floor((of * 0.12) / 100)],
  ]
  for (const [name, query, deep] of queries)
    for (const [which, page] of [
      ['first page', () => 1],
      ['deep page', deep],
    ] as const) {
      const [of, beside] = [
        await timed(large.url, query, page(rows)),
        await timed(small.url, query, page(10_000)),
      ]
      line(`${name}, ${which}`, `${of.toFixed(1).padStart(6)} ${beside.toFixed(1).padStart(6)}`, {
        isOver: of > mostMs,
        text: String(mostMs),
      })
    }
}
