import type { TimeRange } from '@cekura-kit/call-format'
import type { PreparedCall } from './prepare-call.ts'

/** A part of a range. Its calls are those of an earlier load, if they are known. */
export interface Slice extends TimeRange {
  calls?: readonly PreparedCall[]
}

/** Small slices at the newest end, so that the first rows come soon. */
const headShares = [1 / 128, 1 / 64, 1 / 32]

/** Splits a range into slices by time, newest first. */
export function planSlices({ from, to }: TimeRange, count: number, hasHead: boolean): Slice[] {
  const heads = hasHead ? headShares : []
  const rest = 1 - heads.reduce((sum, share) => sum + share, 0)
  const slices: Slice[] = []
  let covered = 0
  for (const share of [...heads, ...Array.from({ length: count }, () => rest / count)]) {
    covered += share
    const end = slices.at(-1)?.from ?? to
    const start = Math.round(to - covered * (to - from))
    if (start < end) slices.push({ from: start, to: end })
  }
  slices.at(-1)!.from = from
  return slices
}
