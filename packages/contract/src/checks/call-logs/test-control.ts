import { expectThat } from '../../suite/errors.ts'
import { expectConforming } from '../../target/expect-conforming.ts'
import { expectSame, idsOf, type PagedList } from './paged-list.ts'
import type { Target } from '../../target/target.ts'
import type { Rule } from './rule.ts'

const needs = ['stateful', 'known', 'control'] as const

async function control(target: Target, path: string, body: unknown): Promise<void> {
  const status = await target.control!(path, body)
  expectThat(status >= 200 && status < 300, `status ${status} for POST ${path} on the control port`)
}

/** Resets the data afterwards. */
const withReset =
  (run: (list: PagedList) => Promise<string | void>) =>
  async (list: PagedList): Promise<string | void> => {
    try {
      return await run(list)
    } finally {
      await control(list.target, '/reset', {})
    }
  }

/** Rules of the test control. */
export const testControlRules: Rule[] = [
  ...([400, 401, 403, 404, 429, 500] as const).map((status): Rule => ({
    id: `fault-${status}`,
    title: `a scripted ${status} is returned as documented, once`,
    needs: needs,
    origin: 'documented',
    run: withReset(async ({ contract, target, operation, send }) => {
      const fault = { status, ...(status === 429 && { retryAfter: 7 }) }
      await control(target, '/faults', [fault])
      const response = await send({})
      expectConforming(contract, target, operation, response, [status])
      if (status === 429)
        expectThat(
          response.headers.get('retry-after') === '7',
          `expected Retry-After "7", got "${response.headers.get('retry-after')}"`,
        )
      expectConforming(contract, target, operation, await send({}), [200])
    }),
  })),
  {
    id: 'fault-429-bare',
    title: 'a scripted 429 has no Retry-After unless the script sets it',
    needs: needs,
    origin: 'documented',
    run: withReset(async ({ contract, target, operation, send }) => {
      await control(target, '/faults', [{ status: 429 }])
      const response = await send({})
      expectConforming(contract, target, operation, response, [429])
      expectThat(!response.headers.has('retry-after'), 'unexpected header Retry-After')
    }),
  },
  {
    id: 'insert',
    title: 'an inserted call is listed in order',
    needs,
    origin: 'documented',
    run: withReset(async (list) => {
      const before = await list.rows()
      const [newest] = before
      const call = { ...newest!, id: 900_000_001, timestamp: '2025-01-31T23:59:59Z' }
      await control(list.target, '/insert', [call])
      const after = await list.rows()
      expectThat(after.length === before.length + 1, `${after.length} rows after an insert`)
      expectSame(idsOf(after.filter(({ id }) => id !== call.id)), idsOf(before), 'the other rows')
      expectThat(after[0]!.id === call.id, 'the inserted call, the newest, is not first')
    }),
  },
  {
    id: 'delete',
    title: 'a deleted call is not listed',
    needs,
    origin: 'documented',
    run: withReset(async (list) => {
      const before = await list.ids()
      await control(list.target, '/delete', [before[5]])
      expectSame(await list.ids(), before.toSpliced(5, 1), 'rows after a delete')
    }),
  },
  {
    id: 'reset',
    title: 'a reset restores every call',
    needs,
    origin: 'documented',
    async run(list) {
      const before = await list.ids()
      await control(list.target, '/delete', before.slice(0, 3))
      await control(list.target, '/reset', {})
      expectSame(await list.ids(), before, 'rows after a reset')
    },
  },
  {
    id: 'update',
    title: 'an updated call has the new value and keeps its position',
    needs,
    origin: 'documented',
    run: withReset(async (list) => {
      const before = await list.rows()
      const { id } = before[8]!
      await control(list.target, '/update', { id, topic: 'contract' })
      const after = await list.rows()
      expectSame(idsOf(after), idsOf(before), 'rows after an update')
      expectThat(after[8]!['topic'] === 'contract', 'the updated call has the old value')
      expectThat(
        after.filter(({ topic }) => topic === 'contract').length === 1,
        'other calls are updated too',
      )
    }),
  },
]
