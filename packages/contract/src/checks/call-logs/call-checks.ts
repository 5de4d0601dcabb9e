import type { CallLogDetail, CallLogSend } from '@cekura-kit/types'
import { successStatuses, type ContractDocument } from '../../document/contract-document.ts'
import { createRequest, exampleBodiesOf, type Changes } from '../../document/sample-request.ts'
import { operationCheck, type Check } from '../../suite/check.ts'
import { expectThat } from '../../suite/errors.ts'
import { firstDifference } from '../../suite/first-difference.ts'
import { expectConforming } from '../../target/expect-conforming.ts'
import type { Target } from '../../target/target.ts'
import { createPagedList, expectSame, idsOf, type Row } from './paged-list.ts'

interface Call extends Row, Pick<CallLogDetail, 'evaluation' | 'metadata' | 'transcript_object'> {
  id: number
}

/** An id that no call has. */
const unknownId = '999999999999'
/** More than any evaluation takes. */
const evaluationMs = 3_600_000

const toPath = (id: number) => ({ id: String(id) })

/** Requests for operations by their ids. */
function createCaller(contract: ContractDocument, target: Target) {
  const operationOf = (id: string) =>
    contract.operations.find(({ operationId }) => operationId === id)!
  async function request(id: string, changes: Changes = {}, statuses?: number[]): Promise<unknown> {
    const operation = operationOf(id)
    const response = await target.send(createRequest(contract, operation, target, changes))
    const expected = statuses ?? successStatuses(operation)
    return expectConforming(contract, target, operation, response, expected)
  }
  return {
    request,
    list: createPagedList(contract, operationOf('callLogs.list'), target),
    get: (id: number) => request('callLogs.get', { path: toPath(id) }) as Promise<Call>,
    update: (id: number, body: object) =>
      request('callLogs.update', { path: toPath(id), body: body as never }) as Promise<Call>,
    send: (body: object) => request('callLogs.send', { body: body as never }) as Promise<Row>,
    metrics: () =>
      request('metrics.list', { query: { agent_id: target.agentId } }) as Promise<Row[]>,
    async advance() {
      const status = await target.control!('/clock', { advanceMs: evaluationMs })
      expectThat(status < 300, `status ${status} for POST /clock on the control port`)
    },
  }
}

type Caller = ReturnType<typeof createCaller>

/** Expects every property that both have to be equal. */
function expectAgreement({ metrics, ...row }: Row, call: Call): void {
  const shared = Object.keys(row).filter((name) => Object.hasOwn(call, name))
  for (const name of shared) {
    const at = firstDifference(row[name], call[name], `/${name}`)
    expectThat(at === undefined, `the list and the call differ at ${at}`)
  }
  for (const [n, metric] of (metrics as Row[] | undefined)?.entries() ?? [])
    for (const [name, value] of Object.entries(metric))
      expectThat(
        firstDifference((call.evaluation?.metrics[n] as Row | undefined)?.[name], value) ===
          undefined,
        `the list and the call differ at /metrics/${n}/${name}`,
      )
}

const stored = ['stateful', 'known', 'control', 'writes'] as const

/** What no schema describes about single calls: the way of a call from sending to its outcome. */
const rules: {
  [operationId: string]: (Pick<Check, 'id' | 'title' | 'needs' | 'origin'> & {
    run(caller: Caller, contract: ContractDocument): Promise<string | void>
  })[]
} = {
  'callLogs.get': [
    {
      id: 'as-listed',
      title: 'a call has the values of its row in the list',
      needs: ['stateful'],
      origin: 'inferred',
      async run({ list, get }) {
        const rows = (await list.page()).results.slice(0, list.target.isShared ? 1 : undefined)
        for (const row of rows) {
          const call = await get(row.id)
          // A service can change a call between the two requests.
          const isChanged = row['updated_at'] !== call['updated_at']
          if (!isChanged || !list.target.isShared) expectAgreement(row, call)
        }
        return `${rows.length} calls`
      },
    },
    {
      id: 'unknown',
      title: 'returns 404 for a call that does not exist',
      needs: ['stateful'],
      origin: 'inferred',
      async run({ request }) {
        await request('callLogs.get', { path: { id: unknownId } }, [404])
      },
    },
  ],
  'callLogs.send': [
    {
      id: 'evaluated',
      title: 'a sent call is listed while it is evaluated, and then has every metric of the agent',
      needs: stored,
      origin: 'inferred',
      async run({ send, list, get, metrics, advance }, contract) {
        const operation = contract.operations.find((one) => one.operationId === 'callLogs.send')!
        const [body] = exampleBodiesOf(contract, operation) as unknown as [CallLogSend]
        const sent = await send({ ...body, agent: list.target.agentId })
        expectThat(sent['status'] === 'evaluating', 'the new call is not being evaluated')
        expectThat(sent['success'] === null, 'the new call has an outcome')
        expectSame(await list.ids({ call_ids: sent.id }), [sent.id], 'the list of the new call')
        const before = await list.rows({ call_ids: sent.id })
        expectAgreement(before[0]!, await get(sent.id))
        await advance()
        const call = await get(sent.id)
        expectThat(typeof call['success'] === 'boolean', 'the evaluated call has no outcome')
        const ids = (call.evaluation?.metrics ?? []).map(({ id }) => id)
        expectSame(ids, idsOf(await metrics()), 'results of the evaluated call')
        expectAgreement((await list.rows({ call_ids: sent.id }))[0]!, call)
        const turns = (call.transcript_object ?? []).map(({ role, content }) => ({ role, content }))
        const spoken = (body.transcript_json as Row[]).map(({ role, content }) => ({
          role,
          content,
        }))
        const at = firstDifference(turns, spoken) ?? firstDifference(call.metadata, body.metadata)
        expectThat(at === undefined, `the evaluated call differs from what was sent at ${at}`)
      },
    },
  ],
  'callLogs.update': [
    {
      id: 'merges',
      title: 'an update merges metadata, replaces the rest, and leaves other calls unchanged',
      needs: stored,
      origin: 'documented',
      async run({ list, get, update }) {
        const [first, second] = (await list.page()).results
        const other = await get(second!.id)
        await update(first!.id, { metadata: { a: 1, b: 1 } })
        const found = await update(first!.id, { metadata: { b: 2 }, duration: 1.5 })
        const call = await get(first!.id)
        for (const one of [found, call]) {
          const { a, b } = one.metadata ?? {}
          expectThat(a === 1 && b === 2, 'metadata is not merged')
          expectThat(one['duration'] === '01:30', 'the duration is not the one of the update')
        }
        expectAgreement((await list.rows({ call_ids: first!.id }))[0]!, call)
        const at = firstDifference(other, await get(second!.id))
        expectThat(at === undefined, `another call changes at ${at}`)
      },
    },
    {
      id: 'unknown',
      title: 'returns 404 for a call that does not exist',
      needs: ['stateful', 'writes'],
      origin: 'documented',
      async run({ request }) {
        await request('callLogs.update', { path: { id: unknownId } }, [404])
      },
    },
  ],
  'agents.list': [
    {
      id: 'search',
      title: 'the agent of the run is listed, and found by its name only',
      needs: ['stateful'],
      origin: 'inferred',
      async run({ list: { target }, request }) {
        const find = async (q?: string): Promise<Row[]> =>
          ((await request('agents.list', { query: { q } })) as { results: Row[] }).results
        const agent = (await find(String(target.agentId))).find(({ id }) => id === target.agentId)
        expectThat(agent, 'the agent is not found by its id')
        expectThat(
          (await find(String(agent['name']))).some(({ id }) => id === agent.id),
          'the agent is not found by its name',
        )
        expectSame(idsOf(await find('contract-unknown-agent')), [], 'agents with an unknown name')
      },
    },
  ],
  'metrics.list': [
    {
      id: 'agent',
      title: 'agent_id returns the metrics of one agent',
      needs: ['stateful', 'known'],
      origin: 'documented',
      async run({ request, metrics }) {
        expectThat((await metrics()).length > 0, 'the agent has no metrics')
        const other = await request('metrics.list', { query: { agent_id: 987_654_321 } })
        expectSame(idsOf(other as Row[]), [], 'metrics of an unknown agent')
      },
    },
  ],
}

/** Checks of single calls, agents and metrics, for a document that has all their operations. */
export function callChecks(contract: ContractDocument): Check[] {
  const used = ['callLogs.list', ...Object.keys(rules)]
  const operations = new Map(contract.operations.map((one) => [one.operationId, one]))
  if (!used.every((id) => operations.has(id))) return []
  return Object.entries(rules).flatMap(([operationId, checks]) =>
    checks.map(({ run, ...check }) =>
      operationCheck('behavior', operations.get(operationId)!, {
        ...check,
        run: (target) => run(createCaller(contract, target), contract),
      }),
    ),
  )
}
