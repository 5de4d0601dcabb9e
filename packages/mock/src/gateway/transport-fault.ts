import { MockError } from '../mock-error.ts'

/** How each fault is written: what its argument means, whether it has one, and the default. */
const kinds = {
  /** The connection is reset before anything is answered. */
  reset: {},
  /** Head and half of the body, then a reset. */
  'reset-after-headers': {},
  /** The connection closes after that many bytes of the body. */
  truncate: { unit: 'bytes', required: true },
  /** Nothing more is sent, before the head or after that many bytes of the body. */
  stall: { unit: 'bytes' },
  /** The body arrives that many bytes at a time, each 10 ms later. */
  drip: { unit: 'bytes', least: 1, fallback: 64 },
  /** The first half of the body, as if it were the whole. */
  'bad-json': {},
  /** A gateway's error page. */
  'html-502': {},
  'html-503': {},
  'html-504': {},
  /** 302 to another origin. */
  redirect: { unit: 'url' },
  /** A `content-length` that is wrong by that many bytes; the connection closes after the body. */
  'wrong-length': { unit: 'difference', fallback: 10 },
  /** A small answer that unpacks to that many megabytes. */
  'gzip-bomb': { unit: 'megabytes', least: 1, fallback: 100 },
  /** The answer itself, that many milliseconds later. */
  latency: { unit: 'ms', required: true },
} as const satisfies Record<string, Argument>

interface Argument {
  unit?: 'bytes' | 'ms' | 'megabytes' | 'difference' | 'url'
  required?: boolean
  least?: number
  fallback?: number
}

export type TransportFaultKind = keyof typeof kinds

/** What the gateway does to one answer on its way to the client. */
export interface TransportFault {
  kind: TransportFaultKind
  /** Bytes, milliseconds, megabytes or difference, as the kind says. */
  amount?: number
  /** Target of a `redirect`. */
  url?: string
}

export const faultKinds = Object.keys(kinds) as TransportFaultKind[]

/** Faults that end by themselves, and soon: what a schedule by chance picks from. */
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

const refuse = (text: string, why: string): never => {
  throw new MockError(`Cannot plan the transport fault "${text}": ${why}`)
}

/**
 * Reads one fault: `reset`, `truncate@300`.
 *
 * @throws {MockError} when there is no such fault, or its argument is missing or impossible
 */
export function parseTransportFault(text: string): TransportFault {
  const at = text.indexOf('@')
  const name = (at < 0 ? text : text.slice(0, at)) as TransportFaultKind
  const argument = at < 0 ? undefined : text.slice(at + 1)
  if (!Object.hasOwn(kinds, name))
    return refuse(text, `there is no fault "${name}"; give one of ${faultKinds.join(', ')}`)
  const { unit, required, least = 0, fallback }: Argument = kinds[name]
  if (argument === undefined) {
    if (required) return refuse(text, `${name} wants ${unit}; write ${name}@300`)
    return fallback === undefined ? { kind: name } : { kind: name, amount: fallback }
  }
  if (unit === undefined) return refuse(text, `${name} takes no argument; write ${name}`)
  if (unit === 'url') {
    if (!URL.canParse(argument)) refuse(text, `"${argument}" is no URL; write https://host/path`)
    return { kind: name, url: argument }
  }
  const amount = Number(argument)
  if (unit === 'difference') {
    if (!/^[+-]?\d+$/.test(argument) || amount === 0)
      refuse(text, `"${argument}" is no difference; write ${name}@10 or ${name}@-10`)
  } else if (!/^\d{1,9}$/.test(argument) || amount < least)
    refuse(text, `"${argument}" is no count of ${unit}; write a whole number from ${least} on`)
  return { kind: name, amount }
}
