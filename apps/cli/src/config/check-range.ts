import { UsageError } from '../errors/command-error.ts'
import { dayMs } from '../time-units.ts'
import { typeTime } from './time.ts'

/** One end of a range: as typed, if it was, and the time it means. */
export interface RangeEnd {
  text: string | undefined
  time: number
}

/** @throws {UsageError} if the range does not start before its end */
export function checkRange(from: RangeEnd, to: RangeEnd): void {
  if (to.time > from.time) return
  if (to.text === undefined)
    throw new UsageError(
      `--from must be earlier than ${typeTime(to.time)}, the end without --to (got ${from.text}).`,
      ['--from', '7d'],
    )
  const isSame = to.time === from.time
  throw new UsageError(
    `--to must be later than --from (got ${to.text}).`,
    isSame
      ? ['--to', typeTime(to.time + dayMs)]
      : ['--from', to.text, '--to', from.text ?? typeTime(from.time)],
  )
}
