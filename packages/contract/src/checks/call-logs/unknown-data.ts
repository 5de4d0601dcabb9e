import { expectThat } from '../../suite/errors.ts'
import { expectConforming } from '../../target/expect-conforming.ts'
import { idsOf, type Page, type PagedList, type Query, type Row, type Rule } from './paged-list.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** An API may reject a longer range. */
const maxRangeMs = 30 * dayMs
/** Attempts to read a range between two changes of its calls. */
const maxAttempts = 3

const timeOf = ({ timestamp }: Row): number => Date.parse(String(timestamp))

const toRange = (fromMs: number, toMs: number): Query => ({
  timestamp_from: new Date(fromMs).toISOString(),
  timestamp_to: new Date(toMs).toISOString(),
})

interface Sample {
  /** A range with calls that ended at least an hour ago, at most 30 days long. */
  range: Query
  fromMs: number
  toMs: number
  /** First rows of the range. */
  rows: Row[]
}

/** A fixed range in the past in which the agent has calls; undefined if none is found. */
async function findSample(list: PagedList): Promise<Sample | undefined> {
  const read = async (toMs: number): Promise<Sample> => {
    const range = toRange(toMs - maxRangeMs, toMs)
    const { results } = await list.page({ ...range, page_size: 10 })
    return { range, fromMs: toMs - maxRangeMs, toMs, rows: results }
  }
  const hourAgo = Date.now() - hourMs
  const recent = await read(hourAgo)
  if (recent.rows.length > 0) return recent
  // All calls are older: the newest one that the list returns ends the range.
  const newest = Math.max(...(await list.page()).results.map(timeOf))
  if (!Number.isFinite(newest) || newest > hourAgo) return undefined
  const older = await read(newest)
  return older.rows.length > 0 ? older : undefined
}

/** A rule that needs calls but not which ones; without calls it passes and says so. */
const rule = (
  id: string,
  title: string,
  run: (list: PagedList, sample: Sample) => Promise<string | void>,
): Rule => ({
  id,
  title,
  needs: ['stateful'],
  origin: 'documented',
  async run(list) {
    const sample = await findSample(list)
    return sample
      ? run(list, sample)
      : 'not evaluated: the agent has no calls that are older than an hour'
  },
})

/** Rows of a page; none if the API rejects the request with a documented status. */
async function rowsOf(list: PagedList, query: Query, rejections: number[]): Promise<Row[]> {
  const { contract, target, operation } = list
  const response = await list.send(query)
  const statuses = [200, ...rejections]
  const body = expectConforming(contract, target, operation, response, statuses)
  return response.status === 200 ? (body as Page).results : []
}

function expectWithin(rows: readonly Row[], fromMs: number, toMs: number): void {
  const before = rows.filter((row) => timeOf(row) < fromMs).length
  const after = rows.filter((row) => timeOf(row) > toMs).length
  expectThat(before === 0, `timestamp_from is ignored: ${before} of ${rows.length} calls are older`)
  expectThat(after === 0, `timestamp_to is ignored: ${after} of ${rows.length} calls are newer`)
}

/**
 * Rules for a service whose calls are unknown and can increase during the run. They use fixed ranges
 * in the past, and a rule that compares two responses first makes sure that nothing changed between.
 */
export const unknownDataRules: Rule[] = [
  rule(
    'id-found',
    'call_ids with an id that was listed returns this call only',
    async (list, { range, rows }) => {
      const { id } = rows[rows.length >> 1]!
      const found = await list.page({ ...range, call_ids: id })
      const others = found.results.filter((row) => row.id !== id).length
      expectThat(others === 0, `call_ids is ignored: ${others} other calls are returned`)
      expectThat(found.results.length === 1, `expected 1 call, got ${found.results.length}`)
    },
  ),
  rule('narrower-range', 'a narrower range returns its calls only', async (list, { rows }) => {
    const row = rows[rows.length >> 1]!
    const [fromMs, toMs] = [timeOf(row) - 1000, timeOf(row) + 1000]
    const page = await list.page({ ...toRange(fromMs, toMs), page_size: 10 })
    expectWithin(page.results, fromMs, toMs)
    expectThat(
      page.next !== null || idsOf(page.results).includes(row.id),
      'a call in the narrower range is missing',
    )
  }),
  rule('range-before', 'a range before the oldest call is empty', async (list) => {
    // No voice agent existed then.
    const [fromMs, toMs] = [Date.UTC(2000, 0, 1), Date.UTC(2000, 0, 31)]
    expectWithin(await rowsOf(list, toRange(fromMs, toMs), [400]), fromMs, toMs)
  }),
  rule('pages-disjoint', 'two pages of a range have no call in common', async (list, { range }) => {
    const read = (page: number): Promise<Page> => list.page({ ...range, page_size: 2, page })
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const first = await read(1)
      if (first.next === null) return 'not evaluated: the calls fit on one page'
      const second = await read(2)
      const repeated = idsOf(second.results).filter((id) => idsOf(first.results).includes(id))
      if (repeated.length === 0) return
      // A call that was added meanwhile moves others to the next page, and changes the first one.
      const again = await read(1)
      const isUnchanged = String(idsOf(again.results)) === String(idsOf(first.results))
      expectThat(!isUnchanged, `page is ignored: ${repeated.length} calls of page 1 are on page 2`)
    }
    return 'not evaluated: the calls of the range change'
  }),
  rule('other-agent', 'another agent has other calls, or none', async (list, { range, rows }) => {
    const { agentId } = list.target
    const other = await rowsOf(list, { ...range, agent_id: agentId + 1 }, [400, 403, 404])
    const common = idsOf(other).filter((id) => idsOf(rows).includes(id))
    const own = other.filter(({ agent }) => agent === agentId)
    expectThat(
      common.length === 0 && own.length === 0,
      `agent_id is ignored: ${Math.max(common.length, own.length)} calls of agent ${agentId} are returned`,
    )
    return other.length === 0 ? 'no calls' : `${other.length} other calls`
  }),
  rule('other-assistant', 'an unknown assistant has no calls', async (list, { range }) => {
    const query = { ...range, assistant_id: 'contract-unknown-assistant' }
    const rows = await rowsOf(list, query, [400, 403, 404])
    expectThat(rows.length === 0, `assistant_id is ignored: ${rows.length} calls are returned`)
  }),
]
