import {
  apiKeyHeader,
  operationPaths,
  type CallLog,
  type CallLogPage,
  type ErrorDetail,
  type FieldErrors,
} from '@cekura-kit/types'
import { Hono } from 'hono'
import {
  createSandboxStore,
  type Filter,
  type SandboxStore,
  type StoreOptions,
} from './sandbox-store.ts'

export interface SandboxOptions {
  /** Other call logs for another whole number; default 1. */
  seed?: number | undefined
  /** Call logs of agent 2142, the other agent has an eighth as many; default 500. */
  rows?: number | undefined
  /** First and last possible instant, in milliseconds since 1970; default January 2025. */
  startMs?: number | undefined
  endMs?: number | undefined
  /** Largest page; a larger `page_size` is cut to it silently, as Django REST framework does. Default 100. */
  maxPageSize?: number | undefined
  /** Page size when none is asked for; default 20. */
  pageSize?: number | undefined
  /** How long each answer takes, in milliseconds; default 0. */
  latencyMs?: number | undefined
}

/** What the next requests get instead of an answer, in order. */
export interface Fault {
  status: 400 | 401 | 403 | 404 | 429 | 500
  /** `Retry-After` in seconds. */
  retryAfter?: number
}

export interface Sandbox {
  /** The API. */
  app: Hono
  /** Test control, on a listener of its own. */
  control: Hono
  /** Everything as it was at the start. */
  reset(): void
}

const defaults = {
  seed: 1,
  rows: 500,
  startMs: Date.parse('2025-01-01T00:00:00Z'),
  endMs: Date.parse('2025-02-01T00:00:00Z'),
}

class Refused extends Error {
  readonly status: 400 | 404
  readonly body: FieldErrors | ErrorDetail

  constructor(status: 400 | 404, body: FieldErrors | ErrorDetail) {
    super()
    this.status = status
    this.body = body
  }
}

const isInstant = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})$/

/** Whether the calendar has the day: `Date.parse()` takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number)
  return new Date(Date.UTC(year!, month! - 1, day)).getUTCDate() === day
}

function readFilter(query: URLSearchParams): Filter {
  const errors: FieldErrors = {}
  const readInteger = (name: string): number | undefined => {
    const text = query.get(name)
    if (text === null) return undefined
    if (!/^-?\d+$/.test(text)) errors[name] = ['A valid integer is required.']
    return Number(text)
  }
  const readTime = (name: string): number | undefined => {
    const text = query.get(name)
    if (text === null) return undefined
    const time = isInstant.test(text) && isDay(text) ? Date.parse(text) : Number.NaN
    if (Number.isNaN(time)) errors[name] = ['Datetime has wrong format.']
    return time
  }
  const agentId = readInteger('agent_id')
  if (agentId === undefined) errors['agent_id'] = ['This field is required.']
  const callIds = query.get('call_ids')
  const ids = callIds?.split(',').map((id) => id.trim())
  if (ids?.some((id) => !/^\d+$/.test(id)))
    errors['call_ids'] = ['Enter whole numbers separated by commas.']
  const assistantId = query.get('assistant_id')
  if (assistantId === '') errors['assistant_id'] = ['This field may not be blank.']
  const filter: Filter = {
    agentId: agentId ?? 0,
    fromMs: readTime('timestamp_from'),
    toMs: readTime('timestamp_to'),
    ids: ids?.map(Number),
    assistantId: assistantId ?? undefined,
  }
  if (Object.keys(errors).length > 0) throw new Refused(400, errors)
  return filter
}

/** As Django REST framework reads it: what is no size falls back, what is too large is cut. */
function readPageSize(query: URLSearchParams, fallback: number, most: number): number {
  const size = Number(query.get('page_size') ?? Number.NaN)
  return Number.isInteger(size) && size > 0 ? Math.min(size, most) : fallback
}

function readPage(query: URLSearchParams): number {
  const text = query.get('page') ?? '1'
  const page = /^\d+$/.test(text) ? Number(text) : 0
  if (page < 1) throw new Refused(404, { detail: 'Invalid page.' })
  return page
}

/**
 * A stateful service with made-up call logs that answers as Django REST framework would.
 *
 * What the real service does beyond its documentation is a guess here: order newest first, both
 * ends of a time range included, page sizes, error words.
 */
export function createSandbox(options: SandboxOptions & { publicUrl: () => string }): Sandbox {
  const { maxPageSize = 100, pageSize = 20, latencyMs = 0, publicUrl, ...rest } = options
  const initial: StoreOptions = { ...defaults, ...dropUndefined(rest) }
  let store: SandboxStore = createSandboxStore(initial)
  let faults: Fault[] = []
  let journal: { query: Record<string, string>; status: number }[] = []

  function answer(
    url: URL,
    key: string | undefined,
  ): { status: number; body: object; headers?: Record<string, string> } {
    if (!key)
      return { status: 401, body: { detail: 'Authentication credentials were not provided.' } }
    const fault = faults.shift()
    if (fault)
      return {
        status: fault.status,
        body:
          fault.status === 400 ? { agent_id: ['Scripted fault.'] } : { detail: 'Scripted fault.' },
        ...(fault.retryAfter !== undefined && {
          headers: { 'retry-after': String(fault.retryAfter) },
        }),
      }
    try {
      const query = url.searchParams
      const filter = readFilter(query)
      const size = readPageSize(query, pageSize, maxPageSize)
      const page = readPage(query)
      const { count, results } = store.select(filter, (page - 1) * size, size)
      if (page > 1 && results.length === 0) throw new Refused(404, { detail: 'Invalid page.' })
      const link = (number: number): string => {
        const to = new URL(`${url.pathname}${url.search}`, publicUrl())
        if (number === 1) to.searchParams.delete('page')
        else to.searchParams.set('page', String(number))
        return to.href
      }
      const body: CallLogPage = {
        count,
        next: page * size < count ? link(page + 1) : null,
        previous: page > 1 ? link(page - 1) : null,
        results,
      }
      return { status: 200, body }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return { status: error.status, body: error.body }
    }
  }

  const app = new Hono().get(operationPaths.listCallLogs, async (context) => {
    const url = new URL(context.req.url)
    if (latencyMs > 0) await new Promise((done) => setTimeout(done, latencyMs))
    const { status, body, headers = {} } = answer(url, context.req.header(apiKeyHeader))
    journal.push({ query: Object.fromEntries(url.searchParams), status })
    return context.json(body, status as 200, headers)
  })

  const control = new Hono()
    .post('/insert', async (context) => {
      store.insert(await context.req.json<CallLog[]>())
      return context.body(null, 204)
    })
    .post('/update', async (context) => {
      const { id, ...change } = await context.req.json<Partial<CallLog> & { id: number }>()
      return context.body(null, store.update(id, change) ? 204 : 404)
    })
    .post('/delete', async (context) => {
      store.remove(await context.req.json<number[]>())
      return context.body(null, 204)
    })
    .post('/faults', async (context) => {
      faults = await context.req.json<Fault[]>()
      return context.body(null, 204)
    })
    .get('/requests', (context) => context.json(journal))

  function reset(): void {
    store = createSandboxStore(initial)
    faults = []
    journal = []
  }

  return { app, control, reset }
}

function dropUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]: NonNullable<Value[Key]> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [Key in keyof Value]: NonNullable<Value[Key]>
  }
}
