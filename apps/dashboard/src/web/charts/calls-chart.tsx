import { formatNumber, outcomes, plural, type Outcome } from '@cekura-kit/call-format'
import type { Period } from '../../shared/dashboard-api.ts'
import { labelOf } from '../../shared/facets.ts'
import { formatTick } from '../../shared/format.ts'
import type { ShownProps } from '../page.ts'
import { TimeChart, type Plot } from './time-chart.tsx'

/** A part of the range, and its number of calls by outcome. */
type Bucket = Record<Outcome | 'from' | 'to' | 'calls', number>

const readBucket = ({ from, to, ...counts }: Period['volume'][number]): Bucket => ({
  from: Date.parse(from),
  to: Date.parse(to),
  calls: counts.calls,
  success: counts.succeeded,
  failure: counts.failed,
  not_evaluated: counts.not_evaluated,
})

/** From the bottom up. */
const stack: readonly Outcome[] = ['failure', 'success', 'not_evaluated']

function Bars({ buckets, x, y }: { buckets: readonly Bucket[] } & Plot) {
  return buckets.map((bucket) => {
    const [left, right] = [x(bucket.from), x(bucket.to)]
    const gap = right - left > 6 ? 1 : 0.25
    let below = 0
    return stack.map((outcome) => {
      const bottom = y(below)
      below += bucket[outcome]
      return (
        bucket[outcome] > 0 && (
          <rect
            key={`${bucket.from} ${outcome}`}
            className={outcome}
            x={left + gap}
            width={Math.max(0.5, right - left - 2 * gap)}
            y={y(below)}
            height={bottom - y(below)}
          />
        )
      )
    })
  })
}

const legend = (
  <ul className="legend">
    {outcomes.map((outcome) => (
      <li key={outcome} className={outcome}>
        {labelOf('outcome', outcome)}
      </li>
    ))}
  </ul>
)

/** Calls over time, stacked by outcome. */
export function CallsChart({ shown: { summary, view } }: ShownProps) {
  const { volume, calls } = summary.now
  const buckets = volume.map(readBucket)
  return (
    <TimeChart
      title="Calls"
      caption={`${plural(calls, 'call')}. Click or drag to select a time.`}
      legend={legend}
      zone={view.tz}
      buckets={buckets}
      head={[...outcomes.map((outcome) => labelOf('outcome', outcome)), 'All']}
      cells={([first, last]) =>
        [...outcomes, 'calls' as const].map((name) =>
          formatNumber(buckets.slice(first, last + 1).reduce((sum, one) => sum + one[name], 0)),
        )
      }
      domain={[0, Math.max(1, ...buckets.map((bucket) => bucket.calls))]}
      formatTick={(value) => formatTick(value, 0)}
      draw={(plot) => <Bars buckets={buckets} {...plot} />}
    />
  )
}
