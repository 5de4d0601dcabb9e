import { expectThat } from '../../check.ts'
import { expectSame, idsOf, type PagedList, type Row } from './paged-list.ts'
import type { Rule } from './rule.ts'

const timeOf = ({ timestamp }: Row): number => Date.parse(String(timestamp))
const instant = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

const needs = ['stateful', 'known'] as const

const sorted = (ids: readonly number[]): number[] => ids.toSorted((a, b) => a - b)

/** Rows whose instants are spread over the list, one of them shared by two rows when there is one. */
function someOf(rows: readonly Row[]): Row[] {
  return [0.1, 0.5, 0.9].map((share) => rows[Math.floor(rows.length * share)]!)
}

async function expectNone(list: PagedList, change: { [name: string]: string }, what: string) {
  const { count, results, next } = await list.page(change)
  expectThat(
    count === 0 && results.length === 0 && next === null,
    `${what}: ${count} rows instead of none`,
  )
}

/** Rules of the filters of `callLogs.list`. Each is `inferred` where the document leaves it open. */
export const filterRules: Rule[] = [
  {
    id: 'ids',
    title: 'call_ids gives those calls and no other',
    needs,
    origin: 'documented',
    async run(list) {
      const rows = await list.ids()
      const [a, b, c] = [rows[3]!, rows[60]!, rows.at(-1)!]
      for (const wanted of [[a], [a, b], [c, b, a]]) {
        const { results, count } = await list.page({ call_ids: wanted.join(',') })
        expectSame(sorted(idsOf(results)), sorted(wanted), `call_ids of ${wanted.length}`)
        expectThat(count === wanted.length, `count of call_ids of ${wanted.length} is ${count}`)
      }
      const { results } = await list.page({ call_ids: `${a},999999999999` })
      expectSame(idsOf(results), [a], 'call_ids of one known and one unknown')
      await expectNone(list, { call_ids: '999999999999' }, 'call_ids of an unknown call')
    },
  },
  {
    id: 'ids-agent',
    title: "call_ids does not show another agent's calls",
    needs,
    origin: 'documented',
    async run(list) {
      const { otherAgentId } = list.target.known!
      const [foreign] = await list.ids({ agent_id: otherAgentId })
      await expectNone(list, { call_ids: String(foreign) }, "call_ids of another agent's call")
    },
  },
  {
    id: 'agent',
    title: "agent_id gives one agent's calls",
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
        const foreign = rows.filter((row) => row['agent'] !== agent).length
        expectThat(foreign === 0, `${foreign} of ${rows.length} calls of ${agent} are another's`)
      }
      const ids = new Set(idsOf(own))
      expectThat(!idsOf(other).some((id) => ids.has(id)), 'two agents share a call')
    },
  },
  {
    id: 'agent-unknown',
    title: 'an agent without calls has an empty page, or is refused',
    needs,
    origin: 'inferred',
    async run(list) {
      const status = await list.status({ agent_id: 987_654_321 })
      if (status === 200) await expectNone(list, { agent_id: '987654321' }, 'an unknown agent')
      else expectThat([403, 404].includes(status), `an unknown agent is answered with ${status}`)
      return `answered with ${status}`
    },
  },
  ...(['timestamp_from', 'timestamp_to'] as const).map((name): Rule => ({
    id: name,
    title: `${name} cuts there, the instant itself included`,
    needs,
    origin: 'inferred',
    async run(list) {
      const rows = await list.rows()
      for (const row of someOf(rows)) {
        for (const shift of [-1000, 0, 1000]) {
          const at = timeOf(row) + shift
          const wanted = rows.filter((one) =>
            name === 'timestamp_from' ? timeOf(one) >= at : timeOf(one) <= at,
          )
          const found = await list.rows({ [name]: instant(at) })
          expectSame(idsOf(found), idsOf(wanted), `${name}=${instant(at)}`)
        }
      }
    },
  })),
  {
    id: 'instant',
    title: 'a range of one instant holds the calls of that instant',
    needs,
    origin: 'inferred',
    async run(list) {
      const rows = await list.rows()
      for (const row of someOf(rows)) {
        const at = instant(timeOf(row))
        const wanted = rows.filter((one) => timeOf(one) === timeOf(row))
        const found = await list.rows({ timestamp_from: at, timestamp_to: at })
        expectSame(idsOf(found), idsOf(wanted), `from and to ${at}`)
      }
    },
  },
  {
    id: 'zone',
    title: 'an instant means the same in every zone',
    needs,
    origin: 'documented',
    async run(list) {
      const [row] = someOf(await list.rows())
      const utc = instant(timeOf(row!))
      const shifted = instant(timeOf(row!) + 5_400_000).replace('Z', '+01:30')
      for (const name of ['timestamp_from', 'timestamp_to'])
        expectSame(
          await list.ids({ [name]: shifted }),
          await list.ids({ [name]: utc }),
          `${name} at +01:30`,
        )
    },
  },
  {
    id: 'partition',
    title: 'two halves of a range hold each call once',
    needs,
    origin: 'inferred',
    async run(list) {
      const rows = await list.rows()
      const cut = timeOf(someOf(rows)[1]!)
      const newer = await list.ids({ timestamp_from: instant(cut) })
      const older = await list.ids({ timestamp_to: instant(cut - 1000) })
      expectSame([...newer, ...older], idsOf(rows), 'both halves')
    },
  },
  {
    id: 'empty-range',
    title: 'a range that ends before it starts is empty, or refused',
    needs,
    origin: 'inferred',
    async run(list) {
      const change = {
        timestamp_from: '2025-01-20T00:00:00Z',
        timestamp_to: '2025-01-10T00:00:00Z',
      }
      const status = await list.status(change)
      if (status === 200) await expectNone(list, change, 'a range turned round')
      else expectThat(status === 400, `a range turned round is answered with ${status}`)
      return `answered with ${status}`
    },
  },
  {
    id: 'assistant',
    title: "assistant_id gives one assistant's calls; together they are all",
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
      expectSame(sorted(parts.flat()), sorted(all), "all assistants' calls")
      await expectNone(list, { assistant_id: 'nobody' }, 'an unknown assistant')
    },
  },
  {
    id: 'together',
    title: 'filters narrow each other',
    needs,
    origin: 'documented',
    async run(list) {
      const rows = await list.rows()
      const [assistant] = list.target.known!.assistants
      const from = instant(timeOf(someOf(rows)[2]!))
      const to = instant(timeOf(someOf(rows)[0]!))
      const own = new Set(await list.ids({ assistant_id: assistant }))
      const wanted = rows.filter(
        (row) =>
          own.has(row.id) && timeOf(row) >= Date.parse(from) && timeOf(row) <= Date.parse(to),
      )
      const change = { assistant_id: assistant, timestamp_from: from, timestamp_to: to }
      expectSame(await list.ids(change), idsOf(wanted), 'assistant and range')
      const ids = wanted.slice(0, 2).map(({ id }) => id)
      const narrowed = await list.ids({ ...change, call_ids: [...ids, rows[0]!.id].join(',') })
      expectSame(narrowed, ids, 'assistant, range and ids')
    },
  },
  {
    id: 'unknown-filter',
    title: 'a parameter that nobody knows changes nothing',
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
