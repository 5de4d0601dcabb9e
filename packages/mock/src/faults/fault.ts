import { MockError } from '../mock-error.ts'
import { checkFields, checkInteger, parseDateTime } from '../validate-input.ts'

/** How a request is answered. Without `status` it is answered as usual, with the changes listed here. */
export interface Fault {
  /** Returned with a `detail`, or with field errors for 400. In `proxied` an undocumented one is a violation. */
  status?: number
  /** `Retry-After` of that response: seconds, or a date-time, which becomes an HTTP date. */
  retryAfter?: number | string
  /** `count` of the page, right or wrong. */
  count?: number
  /** Delays the response. */
  latencyMs?: number
  /** Skips that many requests first; default 0. */
  after?: number
  /** Applies to that many requests in a row; default 1. */
  times?: number
}

/** Request header with a fault for that request, such as `status=429; retryAfter=7`. */
export const faultHeader = 'x-sandbox-fault'

const fields: { [Name in keyof Required<Fault>]: [min: number, max: number] } = {
  status: [400, 599],
  retryAfter: [0, 86_400],
  count: [0, Number.MAX_SAFE_INTEGER],
  latencyMs: [0, 20_000],
  after: [0, 1_000_000],
  times: [1, 1_000_000],
}
const names = Object.keys(fields)

function checkFault(value: unknown): Fault {
  for (const [name, field] of Object.entries(checkFields('fault', value, names))) {
    if (name === 'retryAfter' && typeof field === 'string') {
      if (parseDateTime(field) === undefined)
        throw new MockError(
          `Invalid retryAfter ${JSON.stringify(field)}: expected a number of seconds, or a date-time such as 2025-01-15T12:00:00Z.`,
        )
    } else checkInteger(name, field, ...fields[name as keyof Fault])
  }
  const fault = value as Fault
  if (fault.status !== undefined && fault.count !== undefined)
    throw new MockError(
      `Invalid fault: count changes a page, but status ${fault.status} returns none.`,
    )
  if (fault.retryAfter !== undefined && fault.status === undefined)
    throw new MockError('Invalid fault: retryAfter needs a status such as 429.')
  return fault
}

/** @throws {MockError} if it is not an array of faults */
export function checkFaults(value: unknown): Fault[] {
  if (!Array.isArray(value))
    throw new MockError('Invalid faults: expected an array such as [{ "status": 429 }].')
  return value.map(checkFault)
}

/** @throws {MockError} if the header is not a fault */
export function parseFaultHeader(text: string): Fault {
  const pairs = text.split(';').map((pair): [string, number | string] => {
    const [name, value] = pair.split('=').map((part) => part.trim())
    if (!name || !value)
      throw new MockError(
        `Invalid ${faultHeader} ${JSON.stringify(text)}: expected pairs such as "status=429; retryAfter=7".`,
      )
    return [name, /^-?\d+$/.test(value) ? Number(value) : value]
  })
  const { after, times, ...fault } = checkFault(Object.fromEntries(pairs))
  if (after !== undefined || times !== undefined)
    throw new MockError(`Invalid ${faultHeader}: after and times apply to several requests.`)
  return fault
}

/** Assigns faults to requests in order. @returns the fault of the next request, if it has one */
export function createFaultQueue(faults: readonly Fault[]): () => Fault | undefined {
  const queue = faults.map((fault) => ({ fault, after: fault.after ?? 0, times: fault.times ?? 1 }))
  return () => {
    const [head] = queue
    if (!head) return undefined
    if (head.after > 0) {
      head.after--
      return undefined
    }
    if (--head.times === 0) queue.shift()
    return head.fault
  }
}

/** The value of `Retry-After`. */
export const formatRetryAfter = (retryAfter: number | string): string =>
  typeof retryAfter === 'number' ? String(retryAfter) : new Date(retryAfter).toUTCString()
