import { formatNumber, outcomes, plural, type Outcome } from '@cekura-kit/call-format'
import type { Period } from '../../shared/dashboard-api.ts'
import { excludeValue, toggleValue, writeChoice } from '../../shared/choice.ts'
import { labelOf } from '../../shared/facets.ts'
import { formatTick } from '../../shared/format.ts'
import { Button } from '../controls/button.tsx'
import type { ShownProps } from '../page.ts'
import { setUrl } from '../use-view.ts'
import type { View } from '../view.ts'
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

/** The outcomes; each can be shown or left out. */
function Legend({ view: { outcome: choice } }: { view: View }) {
  const isAll = choice.values.length === 0
  return (
    <ul className="legend">
      {outcomes.map((outcome) => {
        const isShown = choice.values.includes(outcome) !== choice.isExcluded || isAll
        const next = isAll ? excludeValue(choice, outcome) : toggleValue(choice, outcome)
        return (
          <li key={outcome}>
            <Button
              className={`quiet ${outcome}`}
              aria-pressed={isShown}
              title={isShown ? 'Leave out' : 'Show'}
              onClick={() => setUrl({ outcome: writeChoice(next) })}
            >
              {labelOf('outcome', outcome)}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}

/** Calls over time, stacked by outcome. */
export function CallsChart({ shown: { summary, view } }: ShownProps) {
  const { volume, calls } = summary.now
  const buckets = volume.map(readBucket)
  return (
    <TimeChart
      title="Calls"
      caption={`${plural(calls, 'call')}. Click or drag to select a time.`}
      legend={<Legend view={view} />}
      zone={view.tz}
      buckets={buckets}
      head={[...outcomes.map((outcome) => labelOf('outcome', outcome)), 'All']}
      cells={(index) =>
        [...outcomes, 'calls' as const].map((name) => formatNumber(buckets[index]![name]))
      }
      describe={([first, last]) => {
        const sum = (name: Outcome | 'calls'): number =>
          buckets.slice(first, last + 1).reduce((total, bucket) => total + bucket[name], 0)
        const parts = outcomes.map(
          (outcome) => `${formatNumber(sum(outcome))} ${labelOf('outcome', outcome).toLowerCase()}`,
        )
        return `${plural(sum('calls'), 'call')}: ${parts.join(', ')}`
      }}
      domain={[0, Math.max(1, ...buckets.map((bucket) => bucket.calls))]}
      formatTick={(value) => formatTick(value, 0)}
      draw={(plot) => <Bars buckets={buckets} {...plot} />}
    />
  )
}
