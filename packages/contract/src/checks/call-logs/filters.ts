import { expectThat } from '../../suite/errors.ts'
import { expectSame, idsOf, type PagedList, type Query, type Row } from './paged-list.ts'
import type { Rule } from './rule.ts'

const timeOf = ({ timestamp }: Row): number => Date.parse(String(timestamp))
const toText = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

const needs = ['stateful', 'known'] as const

const sorted = (ids: readonly number[]): number[] => ids.toSorted((a, b) => a - b)

/** Rows spread over the list. */
function sampleOf(rows: readonly Row[]): Row[] {
  return [0.1, 0.5, 0.9].map((share) => rows[Math.floor(rows.length * share)]!)
}

async function expectEmpty(list: PagedList, query: Query, what: string): Promise<void> {
  const { count, results, next } = await list.page(query)
  expectThat(
    count === 0 && results.length === 0 && next === null,
    `${what}: expected no rows, got ${count}`,
  )
}

/** Rules of the filters, compared with known calls. `inferred`: the document leaves it open. */
export const filterRules: Rule[] = [
  {
    id: 'ids',
    title: 'call_ids returns exactly these calls',
    needs,
    origin: 'documented',
    async run(list) {
      const rows = await list.ids()
      const [a, b, c] = [rows[3]!, rows[60]!, rows.at(-1)!]
      for (const expected of [[a], [a, b], [c, b, a]]) {
        const { results, count } = await list.page({ call_ids: expected.join(',') })
        expectSame(sorted(idsOf(results)), sorted(expected), `call_ids of ${expected.length}`)
        expectThat(count === expected.length, `count of call_ids of ${expected.length} is ${count}`)
      }
      const { results } = await list.page({ call_ids: `${a},999999999999` })
      expectSame(idsOf(results), [a], 'call_ids of one known and one unknown')
      await expectEmpty(list, { call_ids: '999999999999' }, 'call_ids of an unknown call')
    },
  },
  {
    id: 'ids-agent',
    title: 'call_ids returns no call of another agent',
    needs,
    origin: 'documented',
    async run(list) {
      const { otherAgentId } = list.target.known!
      const [otherCall] = await list.ids({ agent_id: otherAgentId })
      await expectEmpty(list, { call_ids: String(otherCall) }, "call_ids of another agent's call")
    },
  },
  {
    id: 'agent',
    title: 'agent_id returns the calls of one agent',
    needs,
    origin: 'documented',
    async run(list) {
      const { otherAgentId } = list.target.known!
      const [own, other] = [await list.rows(), await list.rows({ agent_id: otherAgentId })]
      for (const [rows, agent] of [
        [own, list.target.agentId],
        [other, otherAgentId],
      ] as const) {
        expectThat(rows.length > 0, `agent ${agent} has no calls`)
        const others = rows.filter((row) => row['agent'] !== agent).length
        expectThat(others === 0, `${others} of ${rows.length} calls belong to another agent`)
      }
      const ids = new Set(idsOf(own))
      expectThat(!idsOf(other).some((id) => ids.has(id)), 'two agents share a call')
    },
  },
  {
    id: 'agent-unknown',
    title: 'an agent without calls has an empty page, or is rejected',
    needs,
    origin: 'inferred',
    async run(list) {
      const status = await list.status({ agent_id: 987_654_321 })
      if (status === 200) await expectEmpty(list, { agent_id: '987654321' }, 'an unknown agent')
      else expectThat([403, 404].includes(status), `status ${status} for an unknown agent`)
      return `status ${status}`
    },
  },
  ...(['timestamp_from', 'timestamp_to'] as const).map((name): Rule => ({
    id: name,
    title: `${name} is inclusive`,
    needs,
    origin: 'inferred',
    async run(list) {
      const rows = await list.rows()
      for (const row of sampleOf(rows)) {
        for (const shift of [-1000, 0, 1000]) {
          const at = timeOf(row) + shift
          const expected = rows.filter((one) =>
            name === 'timestamp_from' ? timeOf(one) >= at : timeOf(one) <= at,
          )
          const found = await list.rows({ [name]: toText(at) })
          expectSame(idsOf(found), idsOf(expected), `${name}=${toText(at)}`)
        }
      }
    },
  })),
  {
    id: 'empty-interval',
    title: 'a range with equal ends contains the calls of that time',
    needs,
    origin: 'inferred',
    async run(list) {
      const rows = await list.rows()
      for (const row of sampleOf(rows)) {
        const at = toText(timeOf(row))
        const expected = rows.filter((one) => timeOf(one) === timeOf(row))
        const found = await list.rows({ timestamp_from: at, timestamp_to: at })
        expectSame(idsOf(found), idsOf(expected), `from and to ${at}`)
      }
    },
  },
  {
    id: 'zone',
    title: 'a timestamp means the same with every UTC offset',
    needs,
    origin: 'documented',
    async run(list) {
      const [row] = sampleOf(await list.rows())
      const utc = toText(timeOf(row!))
      const shifted = toText(timeOf(row!) + 13.75 * 3_600_000).replace('Z', '+13:45')
      for (const name of ['timestamp_from', 'timestamp_to'])
        expectSame(
          await list.ids({ [name]: shifted }),
          await list.ids({ [name]: utc }),
          `${name} at +13:45`,
        )
    },
  },
  {
    id: 'partition',
    title: 'two halves of a range contain each call once',
    needs,
    origin: 'inferred',
    async run(list) {
      const rows = await list.rows()
      const cut = timeOf(sampleOf(rows)[1]!)
      const newer = await list.ids({ timestamp_from: toText(cut) })
      const older = await list.ids({ timestamp_to: toText(cut - 1000) })
      expectSame([...newer, ...older], idsOf(rows), 'both halves')
    },
  },
  {
    id: 'empty-range',
    title: 'a range that ends before it starts is empty, or rejected',
    needs,
    origin: 'inferred',
    async run(list) {
      const query = {
        timestamp_from: '2025-01-20T00:00:00Z',
        timestamp_to: '2025-01-10T00:00:00Z',
      }
      const status = await list.status(query)
      if (status === 200) await expectEmpty(list, query, 'a reversed range')
      else expectThat(status === 400, `status ${status} for a reversed range`)
      return `status ${status}`
    },
  },
  {
    id: 'assistant',
    title: 'assistant_id returns the calls of one assistant, and every call has an assistant',
    needs,
    origin: 'documented',
    async run(list) {
      const all = await list.ids()
      const parts: number[][] = []
      for (const assistant of list.target.known!.assistants)
        parts.push(await list.ids({ assistant_id: assistant }))
      for (const [at, part] of parts.entries())
        expectThat(
          part.length > 0 && part.length < all.length,
          `assistant ${at} has ${part.length} of ${all.length} calls`,
        )
      expectSame(sorted(parts.flat()), sorted(all), 'the calls of all assistants')
      await expectEmpty(list, { assistant_id: 'unknown' }, 'an unknown assistant')
    },
  },
  {
    id: 'together',
    title: 'filters combine',
    needs,
    origin: 'documented',
    async run(list) {
      const rows = await list.rows()
      const [assistant] = list.target.known!.assistants
      const from = toText(timeOf(sampleOf(rows)[2]!))
      const to = toText(timeOf(sampleOf(rows)[0]!))
      const own = new Set(await list.ids({ assistant_id: assistant }))
      const expected = rows.filter(
        (row) =>
          own.has(row.id) && timeOf(row) >= Date.parse(from) && timeOf(row) <= Date.parse(to),
      )
      const query = { assistant_id: assistant, timestamp_from: from, timestamp_to: to }
      expectSame(await list.ids(query), idsOf(expected), 'assistant and range')
      const ids = expected.slice(0, 2).map(({ id }) => id)
      const narrowed = await list.ids({ ...query, call_ids: [...ids, rows[0]!.id].join(',') })
      expectSame(narrowed, ids, 'assistant, range and ids')
    },
  },
  {
    id: 'unknown-filter',
    title: 'unknown parameters are ignored',
    needs,
    origin: 'inferred',
    async run(list) {
      expectSame(
        await list.ids({ pagesize: 5, agents: 7 }),
        await list.ids(),
        'rows with an unknown parameter',
      )
    },
  },
]
