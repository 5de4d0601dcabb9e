import { expectThat } from '../../suite/errors.ts'
import { expectSame, idsOf, type Rule } from './paged-list.ts'

const sort = (ids: readonly number[]): number[] => ids.toSorted((a, b) => a - b)

const needs = ['stateful', 'known'] as const

/** Rules of the filters that the model of one agent does not cover, compared with known calls. */
export const filterRules: Rule[] = [
  {
    id: 'agent',
    title: 'call_ids does not add calls of another agent',
    needs,
    origin: 'documented',
    async run(list) {
      const { otherAgentId } = list.target.known!
      const [other] = (await list.page({ agent_id: otherAgentId })).results
      expectThat(other?.['agent'] === otherAgentId, `agent ${otherAgentId} has no calls`)
      expectSame(await list.ids({ call_ids: other.id }), [], 'call_ids of a call of another agent')
    },
  },
  {
    id: 'assistant',
    title: 'assistant_id returns the calls of one assistant, and every call has an assistant',
    needs,
    origin: 'documented',
    async run(list) {
      const parts: number[][] = []
      for (const assistant of list.target.known!.assistants)
        parts.push(await list.ids({ assistant_id: assistant }))
      for (const part of parts) expectThat(part.length > 0, 'an assistant has no calls')
      expectSame(sort(parts.flat()), sort(await list.ids()), 'the calls of all assistants')
    },
  },
  {
    id: 'rows-known',
    title: 'the newest call is the first, every call has every field, and some are not evaluated',
    needs,
    origin: 'inferred',
    async run(list) {
      const rows = await list.rows()
      const times = rows.map(({ timestamp }) => Date.parse(String(timestamp)))
      const at = times.findIndex((time, index) => index > 0 && time > times[index - 1]!)
      expectThat(at === -1, `row ${at} is newer than the one before it`)
      const names = new Set(rows.flatMap(Object.keys))
      for (const [at, row] of rows.entries())
        for (const name of names) expectThat(name in row, `row ${at} has no ${name}`)
      expectThat(new Set(idsOf(rows)).size === rows.length, 'a call is listed twice')
      const states = new Set(rows.map(({ success }) => String(success)))
      expectThat(states.size === 3, `success is only ${[...states].join(', ')}`)
    },
  },
]
