import { MockError } from '../mock-error.ts'

/** How each fault is written: the meaning of its argument, and the default. */
const kinds = {
  /** The connection is reset before the response. */
  reset: {},
  /** Head and half of the body, then a reset. */
  'reset-after-headers': {},
  /** The connection closes after that many bytes of the body. */
  truncate: { unit: 'bytes', required: true },
  /** Nothing more is sent: no head, or no more than that many bytes of the body. */
  stall: { unit: 'bytes' },
  /** The body arrives that many bytes at a time, each 10 ms later. */
  drip: { unit: 'bytes', min: 1, fallback: 64 },
  /** The first half of the body, with a matching length. */
  'bad-json': {},
  /** A gateway's error page. */
  'html-502': {},
  'html-503': {},
  'html-504': {},
  /** 302 to another origin. */
  redirect: { unit: 'url' },
  /** A `content-length` that is wrong by that many bytes; the connection closes after the body. */
  'wrong-length': { unit: 'difference', fallback: 10 },
  /** A small response that decompresses to that many megabytes. */
  'gzip-bomb': { unit: 'megabytes', min: 1, fallback: 100 },
  /** The response, that many milliseconds later. */
  latency: { unit: 'ms', required: true },
} as const satisfies Record<string, Argument>

interface Argument {
  unit?: 'bytes' | 'ms' | 'megabytes' | 'difference' | 'url'
  required?: boolean
  min?: number
  fallback?: number
}

export type TransportFaultKind = keyof typeof kinds

/** How the gateway changes one response on its way to the client. */
export interface TransportFault {
  kind: TransportFaultKind
  /** Bytes, milliseconds, megabytes or difference, depending on the kind. */
  amount?: number
  /** Target of a `redirect`. */
  url?: string
}

export const faultKinds = Object.keys(kinds) as TransportFaultKind[]

/** Faults that end soon: the ones that a random schedule chooses from by default. */
export const shortFaults: readonly TransportFault[] = [
  { kind: 'reset' },
  { kind: 'reset-after-headers' },
  { kind: 'truncate', amount: 300 },
  { kind: 'bad-json' },
  { kind: 'html-502' },
  { kind: 'html-503' },
  { kind: 'html-504' },
  { kind: 'wrong-length', amount: 10 },
]

const reject = (text: string, why: string): never => {
  throw new MockError(`Invalid connection fault ${JSON.stringify(text)}: ${why}`)
}

/** ASCII, because it becomes a header. */
const isHttpUrl = (text: string): boolean =>
  /^https?:\/\/[\x21-\x7e]+$/i.test(text) && URL.canParse(text)

/**
 * Parses one fault: `reset`, `truncate@300`.
 *
 * @throws {MockError} if the fault does not exist, or its argument is missing or invalid
 */
export function parseTransportFault(text: string): TransportFault {
  const at = text.indexOf('@')
  const name = (at < 0 ? text : text.slice(0, at)) as TransportFaultKind
  const argument = at < 0 ? undefined : text.slice(at + 1)
  if (!Object.hasOwn(kinds, name)) return reject(text, `expected one of ${faultKinds.join(', ')}.`)
  const { unit, required, min = 0, fallback }: Argument = kinds[name]
  if (argument === undefined) {
    if (required) return reject(text, `expected ${unit}, such as ${name}@300.`)
    return fallback === undefined ? { kind: name } : { kind: name, amount: fallback }
  }
  if (unit === undefined) return reject(text, `${name} has no argument.`)
  if (unit === 'url') {
    if (!isHttpUrl(argument)) reject(text, 'expected an ASCII URL such as https://host/path.')
    return { kind: name, url: argument }
  }
  const amount = Number(argument)
  if (unit === 'difference') {
    if (!/^[+-]?\d{1,9}$/.test(argument) || amount === 0)
      reject(text, `expected a difference, such as ${name}@10 or ${name}@-10.`)
  } else if (!/^\d{1,9}$/.test(argument) || amount < min)
    reject(text, `expected ${unit} as an integer ≥ ${min}.`)
  return { kind: name, amount }
}
