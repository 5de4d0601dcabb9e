import type { Bucket } from '../../shared/dashboard-api.ts'
import {
  formatCalls,
  formatCount,
  formatShare,
  formatShort,
  formatSpan,
  type Zone,
} from '../format.ts'
import { planTicks } from '../ticks.ts'
import { ChartCard } from './chart-card.tsx'
import { TimeChart, type Plot } from './time-chart.tsx'

const outcomes = [
  ['success', 'success'],
  ['failure', 'failure'],
  ['unjudged', 'not judged'],
] as const

const sum = ({ success, failure, unjudged }: Bucket): number => success + failure + unjudged

const describe = (bucket: Bucket): string =>
  `${formatCalls(sum(bucket))}: ${outcomes
    .map(([key, word]) => `${formatCount(bucket[key])} ${word}`)
    .join(', ')}`

function Bars({ buckets, edges, y }: { buckets: readonly Bucket[] } & Plot) {
  return buckets.map((bucket, index) => {
    const [left, right] = edges(index)
    const gap = right - left > 6 ? 1 : 0.25
    let below = 0
    return (
      <g key={bucket.start}>
        {outcomes.map(([key]) => {
          const bottom = y(below)
          below += bucket[key]
          const top = y(below)
          return (
            bucket[key] > 0 && (
              <rect
                key={key}
                className={key}
                x={left + gap}
                width={Math.max(0.5, right - left - 2 * gap)}
                y={top}
                height={bottom - top}
              />
            )
          )
        })}
      </g>
    )
  })
}

interface ChartProps {
  buckets: readonly Bucket[]
  zone: Zone
  offset: number
}

/** Calls over time, stacked by outcome. */
export function CallsChart(props: ChartProps) {
  const { buckets, zone } = props
  return (
    <ChartCard
      title="Calls over time"
      unit="calls"
      className="calls-chart"
      legend={
        <ul className="legend">
          {outcomes.map(([key, word]) => (
            <li key={key} className={key}>
              {word}
            </li>
          ))}
        </ul>
      }
      table={{
        head: ['Time', 'Success', 'Failure', 'Not judged', 'All'],
        rows: buckets.map((bucket) => [
          formatSpan(bucket.start, bucket.end, zone),
          ...outcomes.map(([key]) => formatCount(bucket[key])),
          formatCount(sum(bucket)),
        ]),
      }}
    >
      <TimeChart
        {...props}
        label="Calls over time"
        yTicks={planTicks(Math.max(0, ...buckets.map(sum)))}
        formatY={formatShort}
        describe={describe}
      >
        {(plot) => <Bars buckets={buckets} {...plot} />}
      </TimeChart>
    </ChartCard>
  )
}

const judged = ({ success, failure }: Bucket): number => success + failure

/** One line for each run of buckets that have a rate; a lone one is a dot. */
function Line({ buckets, edges, y }: { buckets: readonly Bucket[] } & Plot) {
  const points = buckets.map((bucket, index) => {
    const [left, right] = edges(index)
    return judged(bucket) === 0
      ? undefined
      : { x: (left + right) / 2, y: y(bucket.success / judged(bucket)) }
  })
  let isDrawing = false
  const path = points
    .map((point) => {
      const step = point && `${isDrawing ? 'L' : 'M'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`
      isDrawing = point !== undefined
      return step ?? ''
    })
    .join('')
  return (
    <>
      <path className="line" d={path} />
      {points.map(
        (point, index) =>
          point &&
          (points.length <= 31 || (!points[index - 1] && !points[index + 1])) && (
            <circle key={buckets[index]!.start} cx={point.x} cy={point.y} r={2.5} />
          ),
      )}
    </>
  )
}

const percents = [0, 0.25, 0.5, 0.75, 1]

/** The share of judged calls that succeeded, over time. */
export function RateChart(props: ChartProps) {
  const { buckets, zone } = props
  return (
    <ChartCard
      title="Success rate"
      unit="of judged calls"
      table={{
        head: ['Time', 'Success rate', 'Judged calls'],
        rows: buckets.map((bucket) => [
          formatSpan(bucket.start, bucket.end, zone),
          formatShare(bucket.success, judged(bucket)),
          formatCount(judged(bucket)),
        ]),
      }}
    >
      <TimeChart
        {...props}
        label="Success rate over time"
        yTicks={percents}
        formatY={(value) => `${value * 100}%`}
        describe={(bucket) =>
          judged(bucket) === 0
            ? 'no judged calls'
            : `${formatShare(bucket.success, judged(bucket))} of ${formatCount(judged(bucket))} judged`
        }
      >
        {(plot) => <Line buckets={buckets} {...plot} />}
      </TimeChart>
    </ChartCard>
  )
}
