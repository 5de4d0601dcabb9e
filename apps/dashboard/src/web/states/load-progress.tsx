import { formatNumber, formatSeconds, plural } from '@cekura-kit/call-format'
import type { RangeState } from '../../shared/dashboard-api.ts'
import { useNow } from '../use-media.ts'

/** How far the load of a range is. */
export function LoadProgress({ range }: { range: RangeState }) {
  const now = useNow(500)
  const { expected, waitingUntil } = range
  const loaded = Math.min(range.loaded, expected ?? Infinity)
  const wait = waitingUntil ? Math.ceil((Date.parse(waitingUntil) - now) / 1000) : 0
  const text =
    expected === undefined
      ? `Loading calls: ${formatNumber(loaded)} so far`
      : `Loading ${formatNumber(loaded)} of ${plural(expected, 'call')}`
  return (
    <div className="progress" role="status">
      <p>{wait > 0 ? `Rate limited; resuming in ${formatSeconds(wait)}.` : text}</p>
      <progress
        max={expected || 1}
        value={expected === undefined ? undefined : loaded}
        aria-label="Loaded calls"
      />
    </div>
  )
}
