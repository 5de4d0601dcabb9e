import { expectThat } from '../../suite/errors.ts'
import { expectConforming } from '../../target/expect-conforming.ts'
import type { PagedList, Rule } from './paged-list.ts'

async function setFaults({ target }: PagedList, faults: readonly object[]): Promise<void> {
  const status = await target.control!('/faults', faults)
  expectThat(status < 300, `status ${status} for POST /faults on the control port`)
}

/** Rules of errors, which the control port of a sandbox schedules. */
export const errorRules: Rule[] = [
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
          await setFaults(list, [{ status, retryAfter }])
          const response = await send({})
          expectConforming(contract, target, operation, response, [status])
          const header = response.headers.get('retry-after')
          const expected = retryAfter === undefined ? null : String(retryAfter)
          expectThat(header === expected, `expected Retry-After ${expected}, got ${header}`)
          expectConforming(contract, target, operation, await send({}), [200])
        }
    },
  },
]
