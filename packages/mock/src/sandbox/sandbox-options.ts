import { MockError } from '../mock-error.ts'
import { checkFields, checkInstant, checkWholeNumber } from './check-input.ts'
import { profiles, type Guesses, type ProfileName } from './profile.ts'

export interface SandboxOptions {
  /** Other call logs for another whole number; default 1. */
  seed?: number | undefined
  /** Call logs of agent 2142, the other agent has an eighth as many; default 500. */
  rows?: number | undefined
  /** First and last possible instant, in milliseconds since 1970; default January 2025. */
  startMs?: number | undefined
  endMs?: number | undefined
  /** What is guessed about the service; default `framework`. */
  profile?: ProfileName | undefined
  /** Guesses other than those of the profile. */
  guesses?: Partial<Guesses> | undefined
  /** Largest page, in place of the profile's. */
  maxPageSize?: number | undefined
  /** Page size when none is asked for, in place of the profile's. */
  pageSize?: number | undefined
  /** The calls as they stood at that instant, as `2025-01-15T12:00:00Z`; default all that ever comes of them. */
  clock?: string | undefined
  /** How long each answer takes, in milliseconds; default 0. */
  latencyMs?: number | undefined
}

/** What decides the bytes of a sandbox. */
export interface SandboxSettings {
  seed: number
  rows: number
  startMs: number
  endMs: number
  guesses: Guesses
  clockMs: number | undefined
}

/** What a reset may change; the rest is as it was at the start. */
export type SandboxReset = Pick<SandboxOptions, 'seed' | 'rows' | 'profile' | 'guesses' | 'clock'>

const most = Number.MAX_SAFE_INTEGER
const counts = new Set<string>(['pageSize', 'maxPageSize', 'defaultDays', 'maxRangeDays'])
const enums: { [Name in keyof Guesses]?: readonly unknown[] } = Object.fromEntries(
  (Object.keys(profiles.framework) as (keyof Guesses)[])
    .filter((name) => !counts.has(name))
    .map((name) => [name, [...new Set(Object.values(profiles).map((profile) => profile[name]))]]),
)
// No profile has it, and a service may.
enums.unknownAgent = ['empty', 403, 404]

function checkGuesses(doing: string, guesses: Partial<Guesses>): void {
  checkFields(doing, guesses, Object.keys(profiles.framework))
  for (const [name, value] of Object.entries(guesses)) {
    const values = enums[name as keyof Guesses]
    if (values && !values.includes(value))
      throw new MockError(
        `${doing}: the guess ${name} is ${JSON.stringify(value)}; give one of ${values.join(', ')}`,
      )
    if (!values && !(value === null && name.endsWith('Days')))
      checkWholeNumber(doing, name, value, 1, 1_000_000)
  }
}

/**
 * Options with what they default to.
 *
 * @param doing how the error begins, as `Cannot start the mock`
 * @throws {MockError} when one is impossible
 */
export function readSandboxOptions(doing: string, options: SandboxOptions): SandboxSettings {
  const { seed = 1, rows = 500, profile = 'framework', guesses = {}, clock } = options
  const { startMs = Date.parse('2025-01-01T00:00:00Z') } = options
  const { endMs = Date.parse('2025-02-01T00:00:00Z') } = options
  checkWholeNumber(doing, 'rows', rows, 0, 100_000_000)
  checkWholeNumber(doing, 'seed', seed, -most, most)
  checkWholeNumber(doing, 'startMs', startMs, 0, 8e15)
  checkWholeNumber(doing, 'endMs', endMs, 0, 8e15)
  if (endMs <= startMs)
    throw new MockError(`${doing}: endMs ${endMs} is not after startMs ${startMs}; swap them`)
  if (!Object.hasOwn(profiles, profile))
    throw new MockError(
      `${doing}: there is no profile "${String(profile)}"; give one of ${Object.keys(profiles).join(', ')}`,
    )
  const own = { ...guesses }
  if (options.pageSize !== undefined) own.pageSize = options.pageSize
  if (options.maxPageSize !== undefined) own.maxPageSize = options.maxPageSize
  checkGuesses(doing, own)
  const clockMs = clock === undefined ? undefined : checkInstant(doing, 'clock', clock)
  return { seed, rows, startMs, endMs, guesses: { ...profiles[profile], ...own }, clockMs }
}

/** @throws {MockError} when it is no reset */
export function checkReset(value: unknown): SandboxReset {
  return checkFields('Cannot reset', value, ['seed', 'rows', 'profile', 'guesses', 'clock'])
}
