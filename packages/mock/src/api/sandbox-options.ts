import { MockError } from '../mock-error.ts'
import { checkDateTime, checkFields, checkInteger } from '../validate-input.ts'
import { readAssumptions, type Assumptions, type ProfileName } from './assumptions.ts'

export interface SandboxOptions {
  /** Selects other generated data; default 1. */
  seed?: number | undefined
  /** Call logs of agent 2142, at most 100,000; the other agent has one eighth as many. Default 500. */
  rows?: number | undefined
  /** Start of the time range of the calls, in milliseconds since 1970; default 31 days before its end. */
  startMs?: number | undefined
  /** End of the time range, in milliseconds since 1970, or `now`; default the end of January 2025. */
  endMs?: number | 'now' | undefined
  /** Behavior that the API does not document; default `framework`. */
  profile?: ProfileName | undefined
  /** Assumptions that replace those of the profile. */
  assumptions?: Partial<Assumptions> | undefined
  /** Largest page, instead of the profile's. */
  maxPageSize?: number | undefined
  /** Default page size, instead of the profile's. */
  pageSize?: number | undefined
  /** Time of the data, such as `2025-01-15T12:00:00Z`; default the end of the time range. */
  clock?: string | undefined
  /** Whether time passes as on this machine, and not only on request; default false. */
  realTime?: boolean | undefined
  /** How long the evaluation of a call that was sent takes, in milliseconds; default 30,000. */
  evaluationMs?: number | undefined
  /** Delay of each response in milliseconds; default 0. */
  latencyMs?: number | undefined
}

/** What determines the responses of a sandbox. */
export interface SandboxSettings {
  seed: number
  rows: number
  startMs: number
  endMs: number
  assumptions: Assumptions
  clockMs: number
  realTime: boolean
  evaluationMs: number
}

/** What a reset may change; all else returns to its initial state. */
export type SandboxReset = Pick<
  SandboxOptions,
  'seed' | 'rows' | 'profile' | 'assumptions' | 'clock'
>

const maxRows = 100_000
const maxMs = 250_000_000_000_000

/**
 * Options with their defaults.
 *
 * @throws {MockError} if one is invalid
 */
export function readSandboxOptions(options: SandboxOptions): SandboxSettings {
  const { seed = 1, rows = 500, profile = 'framework', clock } = options
  const { realTime = false, evaluationMs = 30_000 } = options
  const { endMs: end = Date.parse('2025-02-01T00:00:00Z') } = options
  const endMs = end === 'now' ? Math.floor(Date.now() / 1000) * 1000 : end
  const { startMs = Math.max(0, endMs - 31 * 86_400_000) } = options
  checkInteger('rows', rows, 0, maxRows)
  checkInteger('seed', seed, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  checkInteger('evaluationMs', evaluationMs, 0, 86_400_000)
  checkInteger('latencyMs', options.latencyMs ?? 0, 0, 600_000)
  checkInteger('endMs', endMs, 0, maxMs)
  checkInteger('startMs', startMs, 0, maxMs)
  if (endMs <= startMs)
    throw new MockError(`Invalid endMs ${endMs}: expected a time after startMs ${startMs}.`)
  const changes = { ...options.assumptions }
  if (options.pageSize !== undefined) changes.pageSize = options.pageSize
  if (options.maxPageSize !== undefined) changes.maxPageSize = options.maxPageSize
  const clockMs = clock === undefined ? endMs : checkDateTime('clock', clock)
  const assumptions = readAssumptions(profile, changes)
  return { seed, rows, startMs, endMs, assumptions, clockMs, realTime, evaluationMs }
}

/** @throws {MockError} if it is not a reset */
export const checkReset = (value: unknown): SandboxReset =>
  checkFields('reset', value, ['seed', 'rows', 'profile', 'assumptions', 'clock'])
