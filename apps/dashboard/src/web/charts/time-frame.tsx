import { findBucket, planBuckets, type TimeRange } from '@cekura-kit/call-format'
import { useEffect, useRef, type ReactNode } from 'react'
import { showRange } from '../controls/range-picker.tsx'
import { formatClock, formatDay, formatSpan } from '../../shared/format.ts'
import { useWidth } from '../use-media.ts'
import type { Describe } from './chart-card.tsx'
import { useBrush } from './use-brush.ts'

const height = 132
const margin = { top: 6, right: 16, bottom: 20, left: 42 }
const tickPixels = 62

/** Positions in pixels. */
export interface Plot {
  x: (time: number) => number
  y: (value: number) => number
}

interface TimeFrameProps {
  label: string
  /** What a click selects. */
  buckets: readonly TimeRange[]
  zone: string
  /** Values of the axis, in order. */
  ticks: readonly number[]
  formatTick: (value: number) => string
  /** The values of some neighboring buckets. */
  describe: (first: number, last: number) => string
  onDescribe: Describe
  children: (plot: Plot) => ReactNode
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

interface AxisProps {
  range: TimeRange
  plot: Plot
  zone: string
  width: number
}

/** The frame of a chart over time: axes, and a selection of time by pointer or keyboard. */
export function TimeFrame(props: TimeFrameProps) {
  const { label, buckets, zone, ticks, formatTick, describe, onDescribe, children } = props
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const plotWidth = Math.max(1, width - margin.left - margin.right)
  const plotHeight = height - margin.top - margin.bottom
  const range = { from: buckets[0]?.from ?? 0, to: buckets.at(-1)?.to ?? 1 }
  const [low, high] = [ticks[0]!, ticks.at(-1)!]
  const plot: Plot = {
    x: (time) => margin.left + ((time - range.from) / (range.to - range.from)) * plotWidth,
    y: (value) => margin.top + (1 - (value - low) / (high - low)) * plotHeight,
  }
  const brush = useBrush({
    count: buckets.length,
    indexAt({ currentTarget, clientX }) {
      const pixels = clientX - currentTarget.getBoundingClientRect().left - margin.left
      const index = findBucket(buckets, range.from + (pixels / plotWidth) * (range.to - range.from))
      return index === -1 ? (pixels < 0 ? 0 : buckets.length - 1) : index
    },
    onChoose: ({ first, last }) =>
      showRange(
        new Date(buckets[first]!.from).toISOString(),
        new Date(buckets[last]!.to).toISOString(),
      ),
  })
  const { span, shown } = brush
  const { first, last } = span ?? { first: shown, last: shown }
  const textOf = (start: number, end: number): string =>
    `${formatSpan(buckets[start]!.from, buckets[end]!.to, zone)}: ${describe(start, end)}`
  const text =
    first === undefined || last === undefined || !buckets[last] ? undefined : textOf(first, last)
  useEffect(() => onDescribe(text), [onDescribe, text])
  return (
    <div className="time-chart" ref={box}>
      {width > 0 && (
        <svg
          ref={brush.svg}
          width={width}
          height={height}
          role="group"
          aria-label={`${label}. Arrow keys move, Shift selects several, Enter shows that time.`}
          {...brush.svgProps}
        >
          {ticks.map((tick) => (
            <g key={tick} className="grid" transform={`translate(0 ${plot.y(tick)})`}>
              <line x1={margin.left} x2={margin.left + plotWidth} />
              <text x={margin.left - 6} dy="0.32em" textAnchor="end">
                {formatTick(tick)}
              </text>
            </g>
          ))}
          <TimeAxis range={range} plot={plot} zone={zone} width={plotWidth} />
          {children(plot)}
          {span && (
            <rect
              className="brush"
              x={plot.x(buckets[span.first]!.from)}
              y={margin.top}
              width={plot.x(buckets[span.last]!.to) - plot.x(buckets[span.first]!.from)}
              height={plotHeight}
            />
          )}
          {buckets.map(({ from, to }, index) => (
            <rect
              key={from}
              role="button"
              aria-label={textOf(index, index)}
              className={index === shown ? 'hit shown' : 'hit'}
              x={plot.x(from)}
              y={margin.top}
              width={Math.max(1, plot.x(to) - plot.x(from))}
              height={plotHeight}
              {...brush.barProps(index)}
            />
          ))}
        </svg>
      )}
    </div>
  )
}
