import { MockError } from '../mock-error.ts'
import { checkWholeNumber, isRecord } from './check-input.ts'

/** What becomes of a request. Without `status` it is answered, and what is said here differs. */
export interface Fault {
  /** Answered with this and a `detail`, or as a 400 is. Behind Prism an undocumented one is a violation. */
  status?: number
  /** `Retry-After` of it: seconds, or an instant, which becomes an HTTP date. */
  retryAfter?: number | string
  /** What the page says there is, instead of the truth. */
  count?: number
  /** Before the page is answered: so many newer calls come in, or so many of the newest go when negative. */
  drift?: number
  /** Before the page is answered: so many of the oldest calls go. */
  shrink?: number
  /** The answer comes so much later. */
  latencyMs?: number
  /** Lets so many requests through first; default 0. */
  after?: number
  /** Hits so many requests in a row; default 1. */
  times?: number
}

/** Request header with a fault for that request alone, as `status=429; retryAfter=7`. */
export const faultHeader = 'x-sandbox-fault'

const fields: { [Name in keyof Required<Fault>]: [least: number, most: number] } = {
  status: [400, 599],
  retryAfter: [0, 86_400],
  count: [0, Number.MAX_SAFE_INTEGER],
  drift: [-100_000, 100_000],
  shrink: [0, 100_000],
  // Prism is held to have failed after 30 seconds.
  latencyMs: [0, 20_000],
  after: [0, 1_000_000],
  times: [1, 1_000_000],
}
const names = Object.keys(fields).join(', ')

function checkFault(doing: string, value: unknown): Fault {
  if (!isRecord(value)) throw new MockError(`${doing}: a fault is an object with some of ${names}`)
  for (const [name, field] of Object.entries(value)) {
    const range = fields[name as keyof Fault]
    if (!range) throw new MockError(`${doing}: there is no "${name}"; give some of ${names}`)
    if (name === 'retryAfter' && typeof field === 'string') {
      if (Number.isNaN(Date.parse(field)))
        throw new MockError(
          `${doing}: retryAfter is "${field}"; give seconds, or an instant as 2025-01-15T12:00:00Z`,
        )
    } else checkWholeNumber(doing, name, field, ...range)
  }
  const fault = value as Fault
  const more = (['count', 'drift', 'shrink'] as const).find((name) => fault[name] !== undefined)
  if (fault.status !== undefined && more)
    throw new MockError(`${doing}: a ${fault.status} has no page to change; leave out ${more}`)
  if (fault.retryAfter !== undefined && fault.status === undefined)
    throw new MockError(`${doing}: retryAfter is of a refusal; give its status, as 429`)
  return fault
}

/** @throws {MockError} when it is no list of faults that can happen */
export function checkFaults(value: unknown): Fault[] {
  const doing = 'Cannot set faults'
  if (!Array.isArray(value)) throw new MockError(`${doing}: give a list, as [{ "status": 429 }]`)
  return value.map((fault) => checkFault(doing, fault))
}

/** @throws {MockError} when the header does not say a fault */
export function parseFaultHeader(text: string): Fault {
  const doing = `Cannot follow ${faultHeader} "${text}"`
  const pairs = text.split(';').map((pair): [string, number | string] => {
    const [name, value] = pair.split('=').map((part) => part.trim())
    if (!name || !value) throw new MockError(`${doing}: write "status=429; retryAfter=7"`)
    return [name, /^-?\d+$/.test(value) ? Number(value) : value]
  })
  const { after, times, ...fault } = checkFault(doing, Object.fromEntries(pairs))
  if (after !== undefined || times !== undefined)
    throw new MockError(`${doing}: it is about one request; leave out after and times`)
  return fault
}

/** Deals faults to requests in their order. @returns the fault of the next request, if it has one */
export function createFaultQueue(faults: readonly Fault[]): () => Fault | undefined {
  const left = faults.map((fault) => ({ fault, after: fault.after ?? 0, times: fault.times ?? 1 }))
  return () => {
    const [head] = left
    if (!head) return undefined
    if (head.after > 0) {
      head.after--
      return undefined
    }
    if (--head.times === 0) left.shift()
    return head.fault
  }
}

/** The value of `Retry-After`. */
export const retryAfterText = (retryAfter: number | string): string =>
  typeof retryAfter === 'number' ? String(retryAfter) : new Date(retryAfter).toUTCString()
