import { outcomes, type Outcome } from '@cekura-kit/call-format'
import type { Period } from '../../shared/dashboard-api.ts'
import { excludeValue, toggleValue, writeChoice } from '../../shared/choice.ts'
import { labelOf } from '../../shared/facets.ts'
import { formatCalls, formatCount, formatShort, formatSpan } from '../../shared/format.ts'
import { setUrl } from '../use-view.ts'
import { ChartCard } from './chart-card.tsx'
import type { ChartProps } from './chart-props.ts'
import { planTicks } from './plan-ticks.ts'
import { TimeFrame, type Plot } from './time-frame.tsx'

type Bucket = Period['volume'][number]

const countOf = (bucket: Bucket, outcome: Outcome): number =>
  ({ success: bucket.succeeded, failure: bucket.failed, not_evaluated: bucket.not_evaluated })[
    outcome
  ]

/** From the bottom up. */
const stack: readonly Outcome[] = ['failure', 'success', 'not_evaluated']

function Bars({ buckets, x, y }: { buckets: readonly Bucket[] } & Plot) {
  return buckets.map((bucket) => {
    const [left, right] = [x(Date.parse(bucket.from)), x(Date.parse(bucket.to))]
    const gap = right - left > 6 ? 1 : 0.25
    let below = 0
    return stack.map((outcome) => {
      const bottom = y(below)
      below += countOf(bucket, outcome)
      return (
        countOf(bucket, outcome) > 0 && (
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
function Legend({ view }: Pick<ChartProps, 'view'>) {
  const choice = view.facets.outcome
  return (
    <ul className="legend">
      {outcomes.map((outcome) => {
        const isShown =
          choice.values.includes(outcome) !== choice.isExcluded || choice.values.length === 0
        const next =
          choice.values.length === 0 ? excludeValue(choice, outcome) : toggleValue(choice, outcome)
        return (
          <li key={outcome}>
            <button
              type="button"
              className={`quiet ${outcome}`}
              aria-pressed={isShown}
              title={isShown ? 'Leave out' : 'Show'}
              onClick={() => setUrl({ outcome: writeChoice(next) })}
            >
              {labelOf('outcome', outcome)}
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** Calls over time, stacked by outcome. */
export function CallsChart({ shown, view }: ChartProps) {
  const { volume, calls } = shown.summary.now
  const { zone } = view
  const describe = (first: number, last: number): string => {
    const buckets = volume.slice(first, last + 1)
    const sum = (read: (bucket: Bucket) => number): number =>
      buckets.reduce((total, bucket) => total + read(bucket), 0)
    const parts = outcomes.map(
      (outcome) =>
        `${formatCount(sum((bucket) => countOf(bucket, outcome)))} ${labelOf('outcome', outcome).toLowerCase()}`,
    )
    return `${formatCalls(sum((bucket) => bucket.calls))}: ${parts.join(', ')}`
  }
  return (
    <ChartCard
      title="Calls"
      caption={`${formatCalls(calls)}. Click or drag to select a time.`}
      legend={<Legend view={view} />}
      table={{
        head: ['Time', ...outcomes.map((outcome) => labelOf('outcome', outcome)), 'All'],
        rows: volume.map((bucket) => [
          formatSpan(bucket.from, bucket.to, zone),
          ...outcomes.map((outcome) => formatCount(countOf(bucket, outcome))),
          formatCount(bucket.calls),
        ]),
      }}
    >
      {(onDescribe) => (
        <TimeFrame
          label="Calls over time"
          buckets={volume.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }))}
          zone={zone}
          ticks={planTicks(0, Math.max(1, ...volume.map((bucket) => bucket.calls)))}
          formatTick={formatShort}
          describe={describe}
          onDescribe={onDescribe}
        >
          {(plot) => <Bars buckets={volume} {...plot} />}
        </TimeFrame>
      )}
    </ChartCard>
  )
}
