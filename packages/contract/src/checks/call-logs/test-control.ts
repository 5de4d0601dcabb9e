import { expectThat } from '../../suite/errors.ts'
import { expectConforming } from '../../target/expect-conforming.ts'
import { expectSame, idsOf, type PagedList, type Rule } from './paged-list.ts'

async function control({ target }: PagedList, path: string, body: unknown): Promise<void> {
  const status = await target.control!(path, body)
  expectThat(status < 300, `status ${status} for POST ${path} on the control port`)
}

/** Rules of the test control. Each one resets the data. */
export const testControlRules: Rule[] = [
  {
    id: 'faults',
    title: 'each documented error can be scripted and is returned as documented, once',
    needs: ['stateful', 'control'],
    origin: 'documented',
    async run(list) {
      const { contract, target, operation, send } = list
      const statuses = operation.responses.map(({ status }) => Number(status))
      for (const status of statuses.filter((one) => one >= 400))
        for (const retryAfter of status === 429 ? [7, undefined] : [undefined]) {
          await control(list, '/faults', [{ status, retryAfter }])
          const response = await send({})
          expectConforming(contract, target, operation, response, [status])
          const header = response.headers.get('retry-after')
          const expected = retryAfter === undefined ? null : String(retryAfter)
          expectThat(header === expected, `expected Retry-After ${expected}, got ${header}`)
          expectConforming(contract, target, operation, await send({}), [200])
        }
    },
  },
  {
    id: 'writes',
    title: 'inserted, deleted and updated calls are listed as such until a reset',
    needs: ['stateful', 'known', 'control'],
    origin: 'documented',
    async run(list) {
      const before = await list.rows()
      const ids = idsOf(before)
      try {
        await control(list, '/delete', [ids[5]])
        expectSame(await list.ids(), ids.toSpliced(5, 1), 'rows after a delete')
        const added = { ...before[0]!, id: 900_000_001, timestamp: '2025-01-31T23:59:59Z' }
        await control(list, '/insert', [added])
        expectSame(await list.ids(), [added.id, ...ids.toSpliced(5, 1)], 'rows after an insert')
        await control(list, '/update', { id: ids[8], topic: 'contract' })
        const updated = await list.rows({ call_ids: `${ids[8]},${ids[9]}` })
        const topics = updated.map(({ topic }) => topic === 'contract')
        expectThat(topics[0] && !topics[1], 'an update changes another call, or none')
      } finally {
        await control(list, '/reset', {})
      }
      expectSame(await list.ids(), ids, 'rows after a reset')
    },
  },
]
