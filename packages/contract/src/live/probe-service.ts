import type { SpecDocument } from '@cekura-kit/spec'
import {
  createPagedList,
  type Page,
  type PagedList,
  type Query,
  type Row,
} from '../checks/call-logs/paged-list.ts'
import { readContract } from '../document/contract-document.ts'
import { ExpectationError, expectThat, UsageError } from '../suite/errors.ts'
import type { Target } from '../target/target.ts'

/** What a service does where the document leaves it open. */
export interface Probe {
  title: string
  /** Without a value of any call; `unknown: ` and the reason if the responses show nothing. */
  result: string
}

const dayMs = 86_400_000
const timeOf = ({ timestamp }: Row): number => Date.parse(String(timestamp))
const toText = (timeMs: number): string => new Date(timeMs).toISOString()

interface Service extends PagedList {
  /** The list without optional parameters. */
  first(): Promise<Page>
  nowMs: number
}

/** @throws {ExpectationError} with the reason if the responses show nothing */
type Ask = (service: Service) => Promise<string | number>

/** The statuses of some requests; one status if they are equal. */
const statuses =
  (...queries: Query[]): Ask =>
  async ({ status }) => {
    const found = new Set<number>()
    for (const query of queries) found.add(await status(query))
    return [...found].join(', ')
  }

async function someCall({ first }: Service): Promise<Row> {
  const { results } = await first()
  const call = results[results.length >> 1]
  expectThat(call, 'the agent has no calls')
  return call
}

const probes: { readonly [title: string]: Ask } = {
  async 'sort order'({ first }) {
    const times = (await first()).results.map(timeOf)
    expectThat(new Set(times).size > 1, 'no two calls have different timestamps')
    const sorted = times.toSorted((a, b) => a - b)
    if (String(times) === String(sorted)) return 'oldest first'
    return String(times) === String(sorted.toReversed()) ? 'newest first' : 'not by timestamp'
  },
  async 'call at the time of timestamp_to'(service) {
    const call = await someCall(service)
    const isIn = async (toMs: number): Promise<boolean> => {
      const query = { timestamp_from: String(call['timestamp']), timestamp_to: toText(toMs) }
      return (await service.page(query)).results.some(({ id }) => id === call.id)
    }
    if (await isIn(timeOf(call))) return 'included'
    expectThat(await isIn(timeOf(call) + 1000), 'timestamp_from excludes a call at that time')
    return 'excluded'
  },
  async 'status of a timestamp without an offset'(service) {
    const at = timeOf(await someCall(service))
    const query = { timestamp_from: toText(at).slice(0, 19), timestamp_to: toText(at + 1000) }
    return service.status(query)
  },
  async 'default page size'({ first }) {
    const { results, next } = await first()
    expectThat(next !== null, 'all calls fit on one page')
    return results.length
  },
  async 'rows returned for page_size=1000'({ page, first }) {
    const { results, next } = await page({ page_size: 1000 })
    expectThat(next !== null, 'all calls fit on one page')
    const isDefault = results.length === (await first()).results.length
    expectThat(!isDefault, 'page_size has no visible effect')
    return results.length
  },
  'status of page_size=1000': statuses({ page_size: 1000 }),
  'status of an unknown agent': statuses({ agent_id: 987_654_321 }),
  'status of an unknown parameter': statuses({ contract_unknown: 1 }),
  /** Evidence: an older range has calls, and all of them are older. */
  async 'days that a list without timestamp_from looks back'({ first, page, nowMs }) {
    const { results, count, next } = await first()
    expectThat(results.length > 0, 'the agent has no calls')
    const last =
      next === null ? results : (await page({ page: Math.ceil(count / results.length) })).results
    const oldestMs = Math.min(...[...results, ...last].map(timeOf))
    const older = await page({
      timestamp_from: toText(oldestMs - 30 * dayMs),
      timestamp_to: toText(oldestMs - 1000),
    })
    expectThat(older.results.length > 0, 'no older calls were found')
    const areOlder = older.results.every((row) => timeOf(row) < oldestMs)
    expectThat(areOlder, 'timestamp_to is ignored')
    return Math.ceil((nowMs - oldestMs) / dayMs)
  },
  'statuses of ranges of 30, 33, 34 and 400 days': (service) => {
    const queries = [30, 33, 34, 400].map((days) => ({
      page_size: 1,
      timestamp_from: toText(service.nowMs - days * dayMs),
      timestamp_to: toText(service.nowMs),
    }))
    return statuses(...queries)(service)
  },
  'status of HEAD': async ({ send }) => (await send({}, { method: 'HEAD' })).status,
}

/**
 * Observes what the documentation of the list of call logs leaves open, and the suite does not report.
 * Sends GET and HEAD requests.
 *
 * @param nowMs milliseconds since 1970; default: the clock
 * @throws {NoResponseError} if the service does not respond
 */
export async function probeService(
  document: SpecDocument,
  target: Target,
  nowMs: number = Date.now(),
): Promise<Probe[]> {
  const contract = readContract(document)
  const operation = contract.operations.find(({ operationId }) => operationId === 'callLogs.list')
  if (!operation) throw new UsageError('The document has no operation "callLogs.list" to probe.')
  const list = createPagedList(contract, operation, target)
  let firstPage: Promise<Page> | undefined
  const service = { ...list, nowMs, first: () => (firstPage ??= list.page()) }
  const found: Probe[] = []
  for (const [title, ask] of Object.entries(probes)) {
    const result = await ask(service).then(String, (error: unknown) => {
      if (error instanceof ExpectationError) return `unknown: ${error.problem}`
      throw error
    })
    found.push({ title, result })
  }
  return found
}
