import { expectThat } from '../../check.ts'
import { expectConform } from '../../conform.ts'
import { expectSame, idsOf, type PagedList } from './paged-list.ts'
import type { Rule } from './rule.ts'

const needs = ['stateful', 'known', 'control'] as const

async function control(list: PagedList, path: string, body: unknown): Promise<void> {
  const status = await list.target.control!(path, body)
  expectThat(status >= 200 && status < 300, `POST ${path} to control is answered with ${status}`)
}

/** Leaves the data as it was, whatever happens. */
const afterwards =
  (run: (list: PagedList) => Promise<string | void>) =>
  async (list: PagedList): Promise<string | void> => {
    try {
      return await run(list)
    } finally {
      await control(list, '/reset', {})
    }
  }

/** Rules that need the target's test control. */
export const controlRules: Rule[] = [
  ...([400, 401, 403, 404, 429, 500] as const).map((status): Rule => ({
    id: `fault-${status}`,
    title: `a scripted ${status} arrives as documented, once`,
    needs: [...needs, 'faults'],
    origin: 'documented',
    run: afterwards(async ({ contract, target, operation, query }) => {
      const fault = { status, ...(status === 429 && { retryAfter: 7 }) }
      const reply = await target.control!('/faults', [fault])
      expectThat(reply < 300, `POST /faults is answered with ${reply}`)
      const asked = { ...operation, query: query({}) }
      const answer = await target.send(asked)
      expectConform(contract, target, operation, answer, [status])
      if (status === 429)
        expectThat(
          answer.headers.get('retry-after') === '7',
          `Retry-After is "${answer.headers.get('retry-after')}" instead of "7"`,
        )
      expectConform(contract, target, operation, await target.send(asked), [200])
    }),
  })),
  {
    id: 'fault-429-bare',
    title: 'a 429 without Retry-After is allowed',
    needs: [...needs, 'faults'],
    origin: 'documented',
    run: afterwards(async ({ contract, target, operation, query }) => {
      await target.control!('/faults', [{ status: 429 }])
      const answer = await target.send({ ...operation, query: query({}) })
      expectConform(contract, target, operation, answer, [429])
      expectThat(!answer.headers.has('retry-after'), 'Retry-After appears from nowhere')
    }),
  },
  {
    id: 'insert',
    title: 'an inserted call is listed, in its place',
    needs,
    origin: 'documented',
    run: afterwards(async (list) => {
      const before = await list.rows()
      const [newest] = before
      const call = { ...newest!, id: 900_000_001, timestamp: '2025-01-31T23:59:59Z' }
      await control(list, '/insert', [call])
      const after = await list.rows()
      expectThat(after.length === before.length + 1, `${after.length} rows after an insert`)
      expectSame(idsOf(after.filter(({ id }) => id !== call.id)), idsOf(before), 'the other rows')
      expectThat(after[0]!.id === call.id, 'the inserted call, the newest, is not first')
    }),
  },
  {
    id: 'delete',
    title: 'a deleted call is gone',
    needs,
    origin: 'documented',
    run: afterwards(async (list) => {
      const before = await list.ids()
      await control(list, '/delete', [before[5]])
      expectSame(await list.ids(), before.toSpliced(5, 1), 'rows after a delete')
    }),
  },
  {
    id: 'reset',
    title: 'a reset brings every call back',
    needs,
    origin: 'documented',
    async run(list) {
      const before = await list.ids()
      await control(list, '/delete', before.slice(0, 3))
      await control(list, '/reset', {})
      expectSame(await list.ids(), before, 'rows after a reset')
    },
  },
  {
    id: 'update',
    title: 'a changed call shows the change and keeps its place',
    needs,
    origin: 'documented',
    run: afterwards(async (list) => {
      const before = await list.rows()
      const { id } = before[8]!
      await control(list, '/update', { id, topic: 'contract' })
      const after = await list.rows()
      expectSame(idsOf(after), idsOf(before), 'rows after an update')
      expectThat(after[8]!['topic'] === 'contract', 'the change does not show')
      expectThat(
        after.filter(({ topic }) => topic === 'contract').length === 1,
        'the change shows on other calls too',
      )
    }),
  },
]
