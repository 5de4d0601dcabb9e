import { UsageError } from '../command-error.ts'
import { formatTime, typeTime } from './read-time.ts'

const dayMs = 86_400_000

/** An end of a range: as it was typed, when it was, and when it is. */
export interface RangeEnd {
  text: string | undefined
  time: number
}

/** @throws {UsageError} when a range does not begin before its end */
export function checkRange(action: string, from: RangeEnd, to: RangeEnd): void {
  if (to.time > from.time) return
  if (to.text === undefined)
    throw new UsageError(
      `Cannot ${action}: --from ${formatTime(from.time)} is not before ${formatTime(to.time)}, where the range ends without --to`,
      ['--from', '7d'],
    )
  const isDay = to.time === from.time
  throw new UsageError(
    `Cannot ${action}: --to ${formatTime(to.time)} is not after --from ${formatTime(from.time)}${isDay ? ', and is not in the range itself' : ''}`,
    isDay
      ? ['--to', typeTime(to.time + dayMs)]
      : ['--from', to.text, '--to', from.text ?? typeTime(from.time)],
  )
}
