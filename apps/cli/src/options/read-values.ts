import { dayMs, hourMs, minuteMs } from '@cekura-kit/call-format'

/** The value of a flag or variable does not fit; says what is expected. */
export class InvalidValueError extends Error {
  readonly expected: string
  /** A valid value that is probably meant. */
  readonly similar: string | undefined

  constructor(expected: string, similar?: string) {
    super(`expected ${expected}`)
    this.expected = expected
    this.similar = similar
  }
}

/** An integer of at least `min`. */
export const integer =
  (min: number) =>
  (text: string): number => {
    const number = Number(text)
    if (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(number) && number >= min) return number
    throw new InvalidValueError(`an integer ≥ ${min}`)
  }

/**
 * An agent's id, or its name: the id of a name is looked up before the command runs.
 *
 * @returns a number, and a string for a name
 */
export function agentReference(text: string): number {
  const name = text.trim()
  // A number that is not an id is not taken for a name.
  if (Number.isNaN(Number(name))) return name as unknown as number
  const id = Number(name)
  if (/^\+?\d+$/.test(name) && Number.isSafeInteger(id) && id > 0) return id
  throw new InvalidValueError('the id of an agent, or its name')
}

/** A share from 0 to 1, typed as a percentage. */
export function percent(text: string): number {
  const number = Number(text.replace(/%$/, ''))
  if (/^\d+(\.\d+)?%?$/.test(text) && number <= 100) return number / 100
  throw new InvalidValueError('a percentage from 0 to 100')
}

const units = { ms: 1, s: 1000, m: minuteMs, h: hourMs, d: dayMs, w: 7 * dayMs }

/** A duration in milliseconds: `500ms`, `30s`, `2m`, `24h`, `7d`, `2w`, or seconds. */
export function duration(text: string): number {
  const [, amount, unit = 's'] = /^(\d*\.?\d+)(ms|s|m|h|d|w)?$/.exec(text) ?? []
  const durationMs = Math.round(Number(amount) * units[unit as keyof typeof units])
  if (durationMs >= 1) return durationMs
  throw new InvalidValueError('a duration such as 500ms, 30s, 2m or 7d')
}

export function nonEmptyString(text: string): string {
  if (text.trim() !== '') return text
  throw new InvalidValueError('a value that is not empty')
}

/** An IANA time zone. */
export function timeZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    throw new InvalidValueError('an IANA time zone such as Europe/Berlin, or UTC')
  }
}
