import type { SpecDocument } from '@cekura-kit/spec'
import { createPagedList, type Page, type Query, type Row } from '../checks/call-logs/paged-list.ts'
import { readContract } from '../document/contract-document.ts'
import { NoResponseError, UsageError } from '../suite/errors.ts'
import type { TestRequest, TestResponse } from '../target/request.ts'
import type { Target } from '../target/target.ts'

/** What a service does where the document leaves it open. */
export interface Probe {
  title: string
  /** Without a value of any call; `unknown: ` and the reason if the responses show nothing. */
  result: string
}

/** The responses show nothing. The message is the reason. */
class Inconclusive extends Error {}

const dayMs = 86_400_000
const timeOf = ({ timestamp }: Row): number => Date.parse(String(timestamp))
const toText = (timeMs: number): string => new Date(timeMs).toISOString()

interface Service {
  target: Target
  /** Path of the list. */
  path: string
  send(query?: Query, change?: Partial<TestRequest>): Promise<TestResponse>
  page(query?: Query): Promise<Page>
  /** The list without optional parameters. */
  first(): Promise<Page>
  nowMs: number
}

type Ask = (service: Service) => Promise<string | number>

/** The statuses of some requests; one status if they are equal. */
const statuses =
  (...queries: Query[]): Ask =>
  async ({ send }) => {
    const found = new Set<number>()
    for (const query of queries) found.add((await send(query)).status)
    return [...found].join(', ')
  }

async function someCall({ first }: Service): Promise<Row> {
  const { results } = await first()
  const call = results[results.length >> 1]
  if (!call) throw new Inconclusive('the agent has no calls')
  return call
}

const order: Ask = async ({ first }) => {
  const times = (await first()).results.map(timeOf)
  if (new Set(times).size < 2) throw new Inconclusive('no two calls have different timestamps')
  const sorted = times.toSorted((a, b) => a - b)
  if (String(times) === String(sorted)) return 'oldest first'
  return String(times) === String(sorted.toReversed()) ? 'newest first' : 'not by timestamp'
}

const endOfRange: Ask = async (service) => {
  const call = await someCall(service)
  const isIn = async (toMs: number): Promise<boolean> => {
    const query = { timestamp_from: String(call['timestamp']), timestamp_to: toText(toMs) }
    return (await service.page(query)).results.some(({ id }) => id === call.id)
  }
  if (await isIn(timeOf(call))) return 'included'
  if (await isIn(timeOf(call) + 1000)) return 'excluded'
  throw new Inconclusive('timestamp_from excludes a call at that time')
}

const zonelessTime: Ask = async (service) => {
  const at = timeOf(await someCall(service))
  const query = { timestamp_from: toText(at).slice(0, 19), timestamp_to: toText(at + 1000) }
  return (await service.send(query)).status
}

const pageSize: Ask = async ({ first }) => {
  const { results, next } = await first()
  if (next === null) throw new Inconclusive('all calls fit on one page')
  return results.length
}

const maxPageSize: Ask = async ({ page, first }) => {
  const { results, next } = await page({ page_size: 1000 })
  if (next === null) throw new Inconclusive('all calls fit on one page')
  if (results.length === (await first()).results.length)
    throw new Inconclusive('page_size has no visible effect')
  return results.length
}

/** Evidence: an older range has calls, and all of them are older. */
const defaultDays: Ask = async ({ first, page, nowMs }) => {
  const { results, count, next } = await first()
  if (results.length === 0) throw new Inconclusive('the agent has no calls')
  const last =
    next === null ? results : (await page({ page: Math.ceil(count / results.length) })).results
  const oldestMs = Math.min(...[...results, ...last].map(timeOf))
  const older = await page({
    timestamp_from: toText(oldestMs - 30 * dayMs),
    timestamp_to: toText(oldestMs - 1000),
  })
  if (older.results.length === 0) throw new Inconclusive('no older calls were found')
  if (older.results.some((row) => timeOf(row) >= oldestMs))
    throw new Inconclusive('timestamp_to is ignored')
  return Math.ceil((nowMs - oldestMs) / dayMs)
}

const rangesOfDays: Ask = (service) => {
  const timestamp_to = toText(service.nowMs)
  const queries = [30, 33, 34, 400].map((days) => ({
    page_size: 1,
    timestamp_from: toText(service.nowMs - days * dayMs),
    timestamp_to,
  }))
  return statuses(...queries)(service)
}

const invalidTimestamp: Ask = async ({ send }) => {
  const { status, headers } = await send({ timestamp_from: 'yesterday' })
  return `${status} ${headers.get('content-type')?.split(';')[0] ?? 'without a content type'}`
}

const links: Ask = async ({ page, target }) => {
  const { next } = await page({ page_size: 1 })
  if (next === null) throw new Inconclusive('the agent has no two calls')
  if (!URL.canParse(next)) return 'relative'
  return new URL(next).host === new URL(target.url).host ? 'same host' : 'another host'
}

const probes: readonly [title: string, ask: Ask][] = [
  ['sort order', order],
  ['call at the time of timestamp_to', endOfRange],
  ['status of a timestamp without an offset', zonelessTime],
  ['default page size', pageSize],
  ['rows returned for page_size=1000', maxPageSize],
  ['status of page_size=1000', statuses({ page_size: 1000 })],
  [
    'statuses of page_size 0, -1 and abc',
    statuses({ page_size: 0 }, { page_size: -1 }, { page_size: 'abc' }),
  ],
  ['statuses of page 0, -1 and abc', statuses({ page: 0 }, { page: -1 }, { page: 'abc' })],
  ['status of a page past the end', statuses({ page: 1_000_000 })],
  ['status without a key', async ({ send }) => (await send({}, { key: null })).status],
  ['status of an unknown agent', statuses({ agent_id: 987_654_321 })],
  ['status of empty filters', statuses({ call_ids: '' }, { assistant_id: '' })],
  ['status of an unknown parameter', statuses({ contract_unknown: 1 })],
  ['days that a list without timestamp_from looks back', defaultDays],
  ['statuses of ranges of 30, 33, 34 and 400 days', rangesOfDays],
  [
    'status of the path without its slash',
    async ({ send, path }) => (await send({}, { path: path.replace(/\/$/, '') })).status,
  ],
  ['status of HEAD', async ({ send }) => (await send({}, { method: 'HEAD' })).status],
  ['response to an invalid timestamp_from', invalidTimestamp],
  ['target of next', links],
]

function createService(document: SpecDocument, target: Target, nowMs: number): Service {
  const contract = readContract(document)
  const operation = contract.operations.find(({ operationId }) => operationId === 'callLogs.list')
  if (!operation) throw new UsageError('The document has no operation "callLogs.list" to probe.')
  const list = createPagedList(contract, operation, target)
  const send: Service['send'] = (query = {}, change = {}) =>
    target.send({ ...operation, query: list.query(query), ...change })
  async function page(query?: Query): Promise<Page> {
    const { status, text } = await send(query)
    if (status !== 200) throw new Inconclusive(`status ${status}`)
    return JSON.parse(text) as Page
  }
  let first: Promise<Page> | undefined
  return { target, path: operation.path, send, page, first: () => (first ??= page()), nowMs }
}

/**
 * Observes what the documentation of the list of call logs leaves open. Sends GET and HEAD requests.
 *
 * @param nowMs milliseconds since 1970; default: the clock
 * @throws {NoResponseError} if the service does not respond
 */
export async function probeService(
  document: SpecDocument,
  target: Target,
  nowMs: number = Date.now(),
): Promise<Probe[]> {
  const service = createService(document, target, nowMs)
  const found: Probe[] = []
  for (const [title, ask] of probes) {
    const result = await ask(service).then(String, (error: unknown) => {
      if (error instanceof NoResponseError || error instanceof UsageError) throw error
      return `unknown: ${error instanceof Inconclusive ? error.message : 'unexpected response'}`
    })
    found.push({ title, result })
  }
  return found
}
