import { MockError } from '../mock-error.ts'
import { hashUnit } from '../data/random.ts'
import { parseTransportFault, shortFaults, type TransportFault } from './transport-fault.ts'

interface Entry {
  from: number
  to: number
  fault: TransportFault
}

/** The fault of each request, by its number; the first request is 1. */
export type FaultSchedule = (request: number) => TransportFault | undefined

const forms =
  'expected "1:reset,3-5:truncate@300", "*:latency@50" or "p=0.1,seed=7,faults=reset|stall".'

const reject = (text: string, why: string): never => {
  throw new MockError(`Invalid fault schedule ${JSON.stringify(text)}: ${why}`)
}

function parseEntry(text: string, entry: string): Entry {
  const found = /^(?:(\d+)(?:-(\d+))?|(\*)):(.+)$/.exec(entry)
  if (!found) return reject(text, forms)
  const [, first, last, every, fault] = found
  const from = every ? 1 : Number(first)
  const to = every ? Infinity : Number(last ?? first)
  if (from < 1) reject(text, 'the first request is 1.')
  if (to < from) reject(text, `"${entry}" ends before it starts.`)
  return { from, to, fault: parseTransportFault(fault!) }
}

function parseEntries(text: string): FaultSchedule {
  const entries = text.split(',').map((entry) => parseEntry(text, entry.trim()))
  for (const [index, one] of entries.entries()) {
    const other = entries.slice(0, index).find(({ from, to }) => one.from <= to && from <= one.to)
    if (other) reject(text, `request ${Math.max(one.from, other.from)} has two faults.`)
  }
  return (request) => entries.find(({ from, to }) => request >= from && request <= to)?.fault
}

function parseChance(text: string): FaultSchedule {
  const parts = new Map(
    text.split(',').map((part) => {
      const [name, ...value] = part.split('=')
      return [name!.trim(), value.join('=').trim()] as const
    }),
  )
  for (const name of parts.keys()) if (!['p', 'seed', 'faults'].includes(name)) reject(text, forms)
  const chance = Number(parts.get('p') || Number.NaN)
  if (!(chance >= 0 && chance <= 1)) reject(text, 'expected p from 0 to 1.')
  const seedText = parts.get('seed') ?? '1'
  if (!/^\d{1,9}$/.test(seedText)) reject(text, 'expected an integer as seed.')
  const seed = Number(seedText)
  const faults = parts.get('faults')?.split('|').map(parseTransportFault) ?? shortFaults
  return (request) =>
    hashUnit(seed, request, 0) < chance
      ? faults[Math.floor(hashUnit(seed, request, 1) * faults.length)]
      : undefined
}

/**
 * Parses which responses the gateway changes, and how.
 *
 * By number, `1:reset,3-5:truncate@300`; for each request, `*:latency@50`; or at random,
 * `p=0.1,seed=7`, optionally with `faults=reset|stall` to choose from. The same seed selects the
 * same requests.
 *
 * @param text empty for no faults
 * @throws {MockError} if it is invalid
 */
export function parseFaultSchedule(text: string): FaultSchedule {
  const trimmed = text.trim()
  if (trimmed === '') return () => undefined
  return /^(p|seed|faults)\s*=/.test(trimmed) ? parseChance(trimmed) : parseEntries(trimmed)
}
