import { planBuckets, type TimeRange } from '@cekura-kit/call-format'
import type { ReactNode } from 'react'
import { showRange } from '../controls/range-picker.tsx'
import { formatClock, formatDay, formatSpan } from '../../shared/format.ts'
import { useWidth } from '../use-media.ts'
import { ChartCard, type CardProps } from './chart-card.tsx'
import { planTicks } from './plan-ticks.ts'
import { useBrush, type Span } from './use-brush.ts'

const height = 132
const margin = { top: 6, right: 16, bottom: 20, left: 42 }
const plotHeight = height - margin.top - margin.bottom
const tickPixels = 62

/** Positions in pixels. */
export interface Plot {
  x: (time: number) => number
  y: (value: number) => number
}

interface TimeChartProps extends Omit<CardProps, 'table' | 'children'> {
  zone: string
  /** What a click selects. */
  buckets: readonly TimeRange[]
  /** Titles of the values, and the values of a bucket or of several neighbors. */
  head: readonly string[]
  cells: (span: Span) => string[]
  /** Values between which the axis has its ticks. */
  domain: readonly [low: number, high: number]
  formatTick: (value: number) => string
  /** Draws the values. */
  draw: (plot: Plot) => ReactNode
  /** In place of a drawing, when there are no values. */
  empty?: string | false
}

interface AxisProps {
  range: TimeRange
  plot: Plot
  zone: string
  width: number
}

/** Labels at round times of the zone; one without room is left out. */
function TimeAxis({ range, plot, zone, width }: AxisProps) {
  const maxLabels = Math.max(2, Math.floor(width / tickPixels))
  const { buckets } = planBuckets(range, { zone, maxBuckets: maxLabels * 3 })
  const whole = buckets.filter(({ isPartial }, index) => index > 0 || !isPartial)
  const days = whole.filter(({ from }) => formatClock(from, zone) === '00:00')
  const labeled = days.length > 1 ? days : whole
  const every = Math.ceil(labeled.length / maxLabels)
  const starts = labeled.filter((_, index) => index % every === 0)
  return starts.map(({ from }) => {
    const place = plot.x(from)
    const isShown = place > margin.left + 14 && place < margin.left + width - 8
    return (
      <g key={from} className="tick" transform={`translate(${place} ${height - margin.bottom})`}>
        <line y2={4} />
        {isShown && (
          <text y={15} textAnchor="middle">
            {formatClock(from, zone) === '00:00' ? formatDay(from, zone) : formatClock(from, zone)}
          </text>
        )}
      </g>
    )
  })
}

/** Where times, values and buckets are in a chart of a width. */
function planFrame({ buckets, domain }: TimeChartProps, width: number) {
  const plotWidth = Math.max(1, width - margin.left - margin.right)
  const range = { from: buckets[0]?.from ?? 0, to: buckets.at(-1)?.to ?? 1 }
  const ticks = planTicks(...domain)
  const [low, high] = [ticks[0]!, ticks.at(-1)!]
  const plot: Plot = {
    x: (time) => margin.left + ((time - range.from) / (range.to - range.from)) * plotWidth,
    y: (value) => margin.top + (1 - (value - low) / (high - low)) * plotHeight,
  }
  const areaOf = ([first, last]: Span) => {
    const x = plot.x(buckets[first]!.from)
    const end = plot.x(buckets[last]!.to)
    return { x, y: margin.top, width: Math.max(1, end - x), height: plotHeight }
  }
  return { range, plot, plotWidth, ticks, areaOf }
}

/** A chart over time with its values as a table; a click or a drag shows that time. */
export function TimeChart(props: TimeChartProps) {
  const { title, caption, legend, zone, buckets, head, cells, draw, empty } = props
  const [box, width] = useWidth()
  const { range, plot, plotWidth, ticks, areaOf } = planFrame(props, width)
  const { span, isSelecting, svgProps, barProps } = useBrush(buckets.length, ([first, last]) =>
    showRange(buckets[first]!.from, buckets[last]!.to),
  )
  const nameOf = ([first, last]: Span): string =>
    formatSpan(buckets[first]!.from, buckets[last]!.to, zone)
  const textOf = (span: Span): string =>
    `${nameOf(span)}: ${cells(span)
      .map((cell, index) => `${head[index]} ${cell}`)
      .join(', ')}`
  const rows = buckets.map((_, index) => [nameOf([index, index]), ...cells([index, index])])
  return (
    <ChartCard
      title={title}
      caption={span ? textOf(span) : caption}
      legend={legend}
      table={{ head: ['Time', ...head], rows }}
    >
      <div className="time-chart" ref={box}>
        {empty && <p className="empty">{empty}</p>}
        {!empty && width > 0 && (
          <svg
            width={width}
            height={height}
            role="group"
            aria-label={`${title} over time. Arrow keys move, Shift selects several, Enter shows that time.`}
            {...svgProps}
          >
            {ticks.map((tick) => (
              <g key={tick} className="grid" transform={`translate(0 ${plot.y(tick)})`}>
                <line x1={margin.left} x2={margin.left + plotWidth} />
                <text x={margin.left - 6} dy="0.32em" textAnchor="end">
                  {props.formatTick(tick)}
                </text>
              </g>
            ))}
            <TimeAxis range={range} plot={plot} zone={zone} width={plotWidth} />
            {draw(plot)}
            {span && isSelecting && <rect className="brush" {...areaOf(span)} />}
            {buckets.map(({ from }, index) => (
              <rect
                key={from}
                role="button"
                aria-label={textOf([index, index])}
                className={span?.[0] === index && !isSelecting ? 'hit shown' : 'hit'}
                {...areaOf([index, index])}
                {...barProps(index)}
              />
            ))}
          </svg>
        )}
      </div>
    </ChartCard>
  )
}
