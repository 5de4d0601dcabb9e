// Every option of the client, of a call and of a loop, with values of every wrong kind.
import {
  createClient,
  getCallLogs,
  listCallLogsInRange,
  type CallOptions,
  type ClientOptions,
  type PaginateOptions,
  type RangeOptions,
} from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { catchCekuraError, readAll } from '../support/catch-error.ts'
import { createFetchOf, pageOf } from '../support/client-on.ts'

/** Kinds of values that a mistake can produce. */
const values = {
  null: null,
  'an empty string': '',
  'a blank string': ' ',
  'a string': 'x y',
  'an empty array': [],
  'an array': [1],
  'an empty object': {},
  true: true,
  zero: 0,
  'a negative number': -1,
  'a fraction': 1.5,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  'a Date': new Date(0),
  'a function': () => {},
}
type Kind = keyof typeof values

const notInteger: Kind[] = [
  'null',
  'an empty string',
  'a blank string',
  'a string',
  'an empty array',
  'an array',
  'an empty object',
  'true',
  'a negative number',
  'a fraction',
  'NaN',
  'Infinity',
  'a Date',
  'a function',
]
const notPositive: Kind[] = [...notInteger, 'zero']
const all = Object.keys(values) as Kind[]
const except = (...accepted: Kind[]): Kind[] => all.filter((kind) => !accepted.includes(kind))
const notObject = except('an empty object', 'a Date')

const shared = {
  timeout: notPositive,
  totalTimeout: notPositive,
  maxRetries: notInteger,
  headers: notObject,
}

const clientOptions: Record<keyof Required<ClientOptions>, Kind[]> = {
  ...shared,
  apiKey: except('a function'),
  baseUrl: all,
  maxRetryAfter: notInteger,
  maxResponseBytes: notPositive,
  fetch: except('a function'),
  hooks: notObject,
  middleware: except('an empty array'),
  dangerouslyAllowBrowser: except('true'),
}

const callOptions: Record<keyof Required<CallOptions>, Kind[]> = {
  ...shared,
  signal: all,
  extraQuery: notObject,
  idempotent: except('true'),
}

const rangeOptions: Record<keyof Required<RangeOptions>, Kind[]> = {
  ...callOptions,
  concurrency: notPositive,
  order: all,
}

const loopOptions: Record<keyof Required<PaginateOptions>, Kind[]> = {
  maxPages: notPositive,
}

/** The error of work that must not send anything. */
async function rejectionOf(work: (cekura: ReturnType<typeof createClient>) => unknown) {
  const { fetch, urls } = createFetchOf(pageOf([], null))
  const error = await catchCekuraError(() => work(createClient({ apiKey: 'k', fetch })))
  expect(urls).toEqual([])
  expect(error).toMatchObject({ code: 'usage', attempts: 0 })
  return error
}

const agent = { agent_id: 1 }
const range = { agent_id: 1, timestamp_from: '2025-01-01T00:00:00Z' }

/** Checks each wrong kind of value of an option. `work` must fail before it sends anything. */
async function expectRejected(
  [option, kinds]: readonly [option: string, kinds: readonly Kind[]],
  work: (cekura: ReturnType<typeof createClient>, options: never) => unknown,
): Promise<void> {
  for (const kind of kinds) {
    const error = await rejectionOf((cekura) => work(cekura, { [option]: values[kind] } as never))
    expect(error.message, `${option} with ${kind}`).toMatch(/^Invalid |^No API key/)
    if (error.reason === 'invalid_option') expect(error.details).toMatchObject({ option })
    // Options can be secrets.
    expect(error.message).not.toContain('x y')
  }
}

test.each(Object.entries(clientOptions))('the client option %s rejects wrong values', (...row) =>
  expectRejected(row, (_, options: ClientOptions) => createClient({ apiKey: 'k', ...options })),
)

test.each(Object.entries(callOptions))('the call option %s rejects wrong values', (...row) =>
  expectRejected(row, ({ callLogs }, options) => callLogs.list(agent, options)),
)

test.each(Object.entries(callOptions))(
  'the list option %s rejects wrong values in every kind of loop',
  async (...row) => {
    await expectRejected(row, ({ callLogs }, options) => readAll(callLogs.list(agent, options)))
    await expectRejected(row, ({ callLogs }, options) =>
      readAll(callLogs.list(agent, options).pages()),
    )
    await expectRejected(row, ({ callLogs }, options) =>
      callLogs.list(agent, options).toArray({ limit: 1 }),
    )
  },
)

test.each(Object.entries(rangeOptions))('the range option %s rejects wrong values', (...row) =>
  expectRejected(row, (cekura, options) => readAll(listCallLogsInRange(cekura, range, options))),
)

test.each(Object.entries(callOptions))(
  'the option %s of getCallLogs() rejects wrong values',
  (...row) =>
    expectRejected(row, (cekura, options) =>
      readAll(getCallLogs(cekura, { ...agent, call_ids: [1] }, options)),
    ),
)

test.each(Object.entries(loopOptions))('the loop option %s rejects wrong values', (...row) =>
  expectRejected(row, ({ callLogs }, options) => readAll(callLogs.list(agent).pages(options))),
)

test('toArray() rejects wrong limits', () =>
  expectRejected(['limit', notPositive], ({ callLogs }, options) =>
    callLogs.list(agent).toArray(options),
  ))

test.each([null, 'x', 5, true, [], () => {}].map((options) => ({ options: options as never })))(
  'rejects $options in place of options',
  async ({ options }) => {
    await rejectionOf(() => createClient(options))
    await rejectionOf(({ callLogs }) => callLogs.list(agent, options))
    await rejectionOf(({ callLogs }) => readAll(callLogs.list(agent, options)))
    await rejectionOf(({ callLogs }) => readAll(callLogs.list(agent, options).pages()))
    await rejectionOf(({ callLogs }) => readAll(callLogs.list(agent).pages(options)))
    await rejectionOf(({ callLogs }) => callLogs.list(agent).toArray(options))
    await rejectionOf((cekura) => readAll(listCallLogsInRange(cekura, range, options)))
    await rejectionOf((cekura) =>
      readAll(getCallLogs(cekura, { ...agent, call_ids: [1] }, options)),
    )
  },
)

test('toArray() without options is usage', async () => {
  await rejectionOf(({ callLogs }) => callLogs.list(agent).toArray(undefined as never))
})

test.each([null, undefined, 'x', 5].map((query) => ({ query: query as never })))(
  'rejects $query in place of a query',
  async ({ query }) => {
    await rejectionOf(({ callLogs }) => callLogs.get(query))
    await rejectionOf((cekura) => readAll(listCallLogsInRange(cekura, query)))
    await rejectionOf((cekura) => readAll(getCallLogs(cekura, query)))
  },
)

test.each([
  {
    where: 'the client',
    option: 'timeoutMs',
    suggestion: undefined,
    work: () => createClient({ apiKey: 'k', timeoutMs: 5 } as never),
  },
  {
    where: 'the client',
    option: 'base_url',
    suggestion: 'baseUrl',
    work: () => createClient({ apiKey: 'k', base_url: 'x' } as never),
  },
  {
    where: 'the client',
    option: 'signal',
    suggestion: undefined,
    work: () => createClient({ apiKey: 'k', signal: undefined } as never),
  },
  {
    where: 'a call',
    option: 'MaxRetries',
    suggestion: 'maxRetries',
    work: ({ callLogs }) => callLogs.list(agent, { MaxRetries: 1 } as never),
  },
  {
    where: 'a call',
    option: 'fetch',
    suggestion: undefined,
    work: ({ callLogs }) => callLogs.list(agent, { fetch } as never),
  },
  {
    where: 'an iteration',
    option: 'maxPages',
    suggestion: undefined,
    work: ({ callLogs }) => readAll(callLogs.list(agent, { maxPages: 1 } as never)),
  },
  {
    where: 'a loop',
    option: 'max_pages',
    suggestion: 'maxPages',
    work: ({ callLogs }) => callLogs.list(agent).pages({ max_pages: 1 } as never),
  },
  {
    where: 'toArray()',
    option: 'max',
    suggestion: undefined,
    work: ({ callLogs }) => callLogs.list(agent).toArray({ limit: 1, max: 1 } as never),
  },
  {
    where: 'a range',
    option: 'resume',
    suggestion: undefined,
    work: (cekura) => readAll(listCallLogsInRange(cekura, range, { resume: 'x' } as never)),
  },
  {
    where: 'a range',
    option: 'constructor',
    suggestion: undefined,
    work: (cekura) => readAll(listCallLogsInRange(cekura, range, { constructor: 1 } as never)),
  },
] satisfies {
  where: string
  option: string
  suggestion: string | undefined
  work: (cekura: ReturnType<typeof createClient>) => unknown
}[])('$where rejects the unknown option $option', async ({ option, suggestion, work }) => {
  expect(await rejectionOf(work as never)).toMatchObject({
    reason: 'unknown_option',
    details: { option, suggestion },
    message: `Unknown option "${option}".${suggestion ? ` Did you mean "${suggestion}"?` : ''}`,
  })
})

test.each([
  ['x'],
  { 'x-a': 5 },
  { 'x-a': true },
  { 'x-a': [] },
  { 'x-a': {} },
  { 'x a': 'b' },
  { '': 'b' },
  { 'x-a': 'ü€' },
  { 'x-a': 'b\0' },
])('rejects the headers %j', async (headers) => {
  const error = await rejectionOf(() => createClient({ apiKey: 'k', headers: headers as never }))
  expect(error.reason).toBe('invalid_option')
  await rejectionOf(({ callLogs }) => callLogs.list(agent, { headers: headers as never }))
})
