import { InvalidArgumentError } from 'commander'

/** A whole number from `least` on. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const number = Number(text)
    if (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number
    throw new InvalidArgumentError(`give a whole number, ${least} or more`)
  }

/** A number above 0. */
export function positiveNumber(text: string): number {
  const number = Number(text)
  if (/^\d*\.?\d+$/.test(text) && number > 0 && Number.isFinite(number)) return number
  throw new InvalidArgumentError('give a number above 0')
}

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A duration in milliseconds: `500ms`, `30s`, `2m`, or seconds. */
export function duration(text: string): number {
  const [, amount, unit = 's'] = /^(\d*\.?\d+)(ms|s|m|h)?$/.exec(text) ?? []
  const durationMs = Math.round(Number(amount) * units[unit as keyof typeof units])
  if (durationMs >= 1 && durationMs <= 2_147_483_647) return durationMs
  throw new InvalidArgumentError('give a duration like 500ms, 30s or 2m')
}

/** A text that says something. */
export function someText(text: string): string {
  if (text.trim() !== '') return text
  throw new InvalidArgumentError('give one that is not empty')
}

/** Names separated by commas, each once. */
export function nameList(text: string): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length > 0) return [...new Set(names)]
  throw new InvalidArgumentError('give names separated by commas')
}
