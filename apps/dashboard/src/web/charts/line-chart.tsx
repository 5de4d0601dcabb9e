import { formatNumber, type MetricPoint, type TimeRange } from '@cekura-kit/call-format'
import type { ShownProps } from '../page.ts'
import { TimeChart, type Plot } from './time-chart.tsx'

/** A value over a part of the range, with its 95 % interval. */
export interface LinePoint extends MetricPoint {
  /** Of too few results to say anything. */
  isTooFew?: boolean
}

type KnownPoint = LinePoint & { value: number }

interface LineChartProps extends ShownProps {
  title: string
  caption: string
  /** What a value is: `Mean`. */
  what: string
  /** What it is of: `scores`. */
  unit: string
  now: readonly LinePoint[]
  previous: readonly LinePoint[]
  format: (value: number) => string
  formatTick: (value: number) => string
}

const isKnown = (point: LinePoint): point is KnownPoint => point.value !== null
const middle = ({ from, to }: TimeRange): number => (from + to) / 2
const path = (places: readonly (readonly [number, number])[]): string =>
  places.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')

interface LinesProps extends Plot {
  now: readonly KnownPoint[]
  before: readonly KnownPoint[]
  /** Milliseconds from the previous period to this one. */
  offset: number
}

function Lines({ now, before, offset, x, y }: LinesProps) {
  const edge = (bound: 'low' | 'high') =>
    now.map((point) => [x(middle(point)), y(point[bound] ?? point.value)] as const)
  const line = (points: readonly KnownPoint[], shift: number): string =>
    path(points.map((point) => [x(middle(point) + shift), y(point.value)]))
  return (
    <>
      <path className="band" d={`${path([...edge('high'), ...edge('low').toReversed()])}Z`} />
      <path className="line before" d={line(before, offset)} />
      <path className="line" d={line(now, 0)} />
      {now.map((point) => (
        <circle
          key={point.from}
          className={point.isTooFew ? 'hollow' : undefined}
          cx={x(middle(point))}
          cy={y(point.value)}
          r={now.length > 40 ? 1.5 : 2.5}
        />
      ))}
    </>
  )
}

/** Values over time with their intervals, and those of the previous period as a dashed line. */
export function LineChart(props: LineChartProps) {
  const { shown, title, caption, what, unit, now, previous, format, formatTick } = props
  const { now: period, before: earlier } = shown.summary
  const line = now.filter(isKnown)
  const before = previous.filter(isKnown)
  const bounds = [...line, ...before].flatMap(({ value, low, high }) => [
    low ?? value,
    high ?? value,
  ])
  const offset = earlier ? Date.parse(period.from) - Date.parse(earlier.from) : 0
  const show = (value: number | null): string => (value === null ? '–' : format(value))
  return (
    <TimeChart
      title={title}
      caption={caption}
      legend={earlier && <span className="previous-key">previous period</span>}
      zone={shown.view.tz}
      buckets={now}
      head={[what, 'Low', 'High', 'Number']}
      cells={([first, last]) => {
        const points = now.slice(first, last + 1)
        const values = (['value', 'low', 'high'] as const).map((name) =>
          points.map((point) => show(point[name])).join('; '),
        )
        return [...values, points.map(({ count }) => formatNumber(count)).join('; ')]
      }}
      domain={[Math.min(...bounds), Math.max(...bounds)]}
      formatTick={formatTick}
      draw={(plot) => <Lines {...plot} now={line} before={before} offset={offset} />}
      empty={line.length === 0 && `No ${unit}`}
    />
  )
}
