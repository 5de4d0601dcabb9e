// What compiles for a consumer, under the strictest options of the compiler.
import { afterAll, expect, test } from 'vitest'
import { createConsumer, errorsOf, type ConsumerOptions } from '../support/compile-program.ts'

const consumer = createConsumer()
afterAll(consumer.remove)

const browser: ConsumerOptions = {}
// Here the global fetch is the one of undici, as @types/node declares it.
const node: ConsumerOptions = { lib: ['es2023'], types: ['node'] }

test('every optional option and parameter accepts undefined', () => {
  const program = `
    import { createClient, createTranscript, getCallLogs, listCallLogsInRange, sendAndWait, waitForEvaluation } from '@cekura-kit/client'
    import type { SendAndWaitOptions, SpokenTurn, ToolTurn, WaitOptions } from '@cekura-kit/client'
    import type { CallLogsListInput, CallLogsRange, CallOptions, ClientOptions, GetCallLogsQuery, PaginateOptions, RangeOptions } from '@cekura-kit/client'
    import { createMockFetch } from '@cekura-kit/client/testing'
    import type { MockFetchOptions } from '@cekura-kit/client/testing'
    /** Optional properties that do not accept undefined. */
    type Strict<T> = keyof { [K in keyof T as {} extends Pick<T, K> ? ({ [P in K]: undefined } extends Pick<T, K> ? never : K) : never]: 0 }
    type Nothing<T extends never> = T
    export type Checks = [
      Nothing<Strict<ClientOptions>>,
      Nothing<Strict<CallOptions>>,
      Nothing<Strict<RangeOptions>>,
      Nothing<Strict<PaginateOptions>>,
      Nothing<Strict<CallLogsListInput>>,
      Nothing<Strict<MockFetchOptions>>,
      Nothing<Strict<GetCallLogsQuery>>,
      Nothing<Strict<CallLogsRange>>,
      Nothing<Strict<WaitOptions>>,
      Nothing<Strict<SendAndWaitOptions>>,
      Nothing<Strict<SpokenTurn>>,
      Nothing<Strict<Omit<ToolTurn, 'result'>>>,
    ]
    declare const maybe: { from: Date | undefined; key: string | undefined; signal: AbortSignal | undefined; ids: number[] | undefined }
    const cekura = createClient({ apiKey: maybe.key, headers: { 'x-a': maybe.key, 'x-b': null } })
    const query = { agent_id: 1, timestamp_from: maybe.from, call_ids: maybe.ids }
    await cekura.callLogs.list(query, { signal: maybe.signal, extraQuery: { project_id: maybe.key } })
    cekura.callLogs.list(query).pages({ maxPages: undefined })
    listCallLogsInRange(cekura, { agent_id: 1, timestamp_from: new Date(), timestamp_to: maybe.from }, { concurrency: undefined })
    getCallLogs(cekura, { agent_id: 1, call_ids: [1], timestamp_from: maybe.from }, { signal: maybe.signal })
    createMockFetch({ pageSize: undefined })
    const transcript_json = createTranscript([{ speaker: 'agent', text: 'Hello.' }, { tool: 'find', result: null }])
    const before = await cekura.callLogs.get({ id: 1 })
    const { evaluation } = await waitForEvaluation(cekura, before.id, { before, metrics: maybe.ids, signal: maybe.signal })
    const [metric] = evaluation?.metrics ?? []
    export const passed: boolean | null | undefined = metric?.passed
    await sendAndWait(cekura, { assistant_id: 'a', call_id: 'c', transcript_json }, { onSent: ({ id }) => console.log(id) })
    const [first] = await cekura.callLogs.evaluateMetrics({ body: { agent_id: 1, call_logs: [1], metrics: [2] } })
    if (first) await waitForEvaluation(cekura, first.id, { before: first })
    `
  expect(errorsOf(consumer.compile(program, browser))).toEqual([])
}, 60_000)

test.each([
  { where: 'a browser', options: browser },
  { where: 'Node, which is undici,', options: node },
])(
  'the global fetch of $where is a Fetch',
  ({ options }) => {
    const program = `
    import { createClient, type Fetch } from '@cekura-kit/client'
    const own: Fetch = fetch
    const wrapped: Fetch = async (url, init) => fetch(url, init)
    createClient({ fetch }).raw.use({ onRequest: ({ request }) => request })
    export { own, wrapped }`
    expect(errorsOf(consumer.compile(program, options))).toEqual([])
  },
  60_000,
)

test('a fetch of React Native, without body, is a Fetch', () => {
  const program = `
    import type { Fetch } from '@cekura-kit/client'
    interface NativeResponse { status: number; headers: { get(name: string): string | null; forEach(visit: (value: string, name: string) => void): void }; text(): Promise<string> }
    declare const nativeFetch: (url: string, init: { method: string; headers: Record<string, string> }) => Promise<NativeResponse>
    const own: Fetch = nativeFetch
    export { own }`
  expect(errorsOf(consumer.compile(program, browser))).toEqual([])
}, 60_000)

/** Lines that must not compile, one mistake each. */
const mistakes = [
  'callLogs.list({ agent_id: 1, agentId: 2 })',
  'callLogs.list({})',
  'callLogs.list()',
  'callLogs.list({ agent_id: 1, timestamp_to: null })',
  'callLogs.list({ agent_id: 1 }, { retries: 3 })',
  "callLogs.list({ agent_id: 1 }).pages({ maxPages: 'x' })",
  "listCallLogsInRange(cekura, { agent_id: 1, timestamp_from: new Date() }, { resume: 'x' })",
  'listCallLogsInRange(cekura, { agent_id: 1, timestamp_from: new Date(), page: 2 })',
  'listCallLogsInRange(cekura, { agent_id: 1 })',
  "getCallLogs(cekura, { agent_id: 1, call_ids: '1' })",
  "if (CekuraError.hasReason(error, 'redirect')) error.details.limit",
  "CekuraError.hasReason(error, 'nope')",
  'createClient({ apiKey: null })',
  // Bodies of the operations: no call_id, no agent, both ids, an unknown status, a wrong type.
  'callLogs.send({ body: { agent: 2142 } })',
  "callLogs.send({ body: { call_id: 'c' } })",
  "callLogs.send({ body: { call_id: 'c', agent: 2142, assistant_id: 'a' } })",
  'callLogs.rerunEvaluation({ body: { call_logs: [1] } })',
  "callLogs.rerunEvaluation({ body: { call_logs: [1], agent_id: 2142, assistant_id: 'a' } })",
  'callLogs.evaluateMetrics({ body: { call_logs: [1], metrics: [2] } })',
  "callLogs.update({ id: 1, body: { status: 'evaluating' } })",
  'callLogs.update({ id: 1 })',
  "callLogs.get({ id: '1' })",
  'callLogs.voteOnMetric({ id: 1, body: { metric_id: 2, thumbs_up: true } })',
  "createTranscript([{ speaker: 'user', text: 'Hello.' }])",
  "createTranscript([{ speaker: 'agent' }])",
  "waitForEvaluation(cekura, 'call_9c4d1e7a')",
  'waitForEvaluation(cekura, 1, { timeout: 5 })',
  'sendAndWait(cekura, { agent: 2142 })',
  "if (CekuraError.hasReason(error, 'evaluation_timeout')) error.details.missing",
  "raw.GET('/nope')",
]

test('mistakes do not compile', () => {
  const start = [
    "import { CekuraError, createClient, createTranscript, getCallLogs, listCallLogsInRange, sendAndWait, waitForEvaluation } from '@cekura-kit/client'",
    'const cekura = createClient()',
    'const { callLogs, raw } = cekura',
    'declare const error: unknown',
  ]
  const errors = errorsOf(consumer.compile([...start, ...mistakes].join('\n'), browser))
  const lines = errors.map((error) => Number(/^program\.mts\((\d+),/.exec(error)?.[1]))
  const allowed = mistakes.filter((_, index) => !lines.includes(index + start.length + 1))
  expect(allowed).toEqual([])
  expect(Math.min(...lines)).toBe(start.length + 1)
}, 60_000)
