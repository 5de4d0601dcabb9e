import { useRef, type ReactNode } from 'react'
import type { Bucket } from '../../shared/dashboard-api.ts'
import { showRange } from '../controls/range-picker.tsx'
import { formatClock, formatDay, formatSpan, type Zone } from '../format.ts'
import { planTimeTicks } from '../ticks.ts'
import { useWidth } from '../use-media.ts'
import { useBrush } from './use-brush.ts'

const height = 168
const margin = { top: 8, right: 8, bottom: 22, left: 40 }
const tickPixels = 56

export interface Plot {
  /** Left and right edge of a bucket, in pixels. */
  edges: (index: number) => [left: number, right: number]
  y: (value: number) => number
}

interface TimeChartProps {
  label: string
  buckets: readonly Bucket[]
  zone: Zone
  offset: number
  yTicks: readonly number[]
  formatY: (value: number) => string
  /** A bucket's figures in words. */
  describe: (bucket: Bucket) => string
  children: (plot: Plot) => ReactNode
}

function TimeAxis({ from, to, x, zone, offset, width }: AxisProps) {
  const ticks = planTimeTicks(from, to, Math.max(2, Math.floor(width / tickPixels)), offset)
  const right = margin.left + width
  return ticks.map((at, index) => {
    const isDay = formatClock(at, zone) === '00:00'
    const place = x(at)
    const anchor = place > right - 18 ? 'end' : index === 0 && place < 60 ? 'start' : 'middle'
    return (
      <g key={at} className="tick" transform={`translate(${place} ${height - margin.bottom})`}>
        <line y2={4} />
        <text y={16} textAnchor={anchor}>
          {isDay ? formatDay(at, zone) : formatClock(at, zone)}
        </text>
      </g>
    )
  })
}

interface AxisProps {
  from: number
  to: number
  x: (time: number) => number
  zone: Zone
  offset: number
  width: number
}

/** The frame of a drawing over time: axes, the figures under the pointer, a choice of time. */
export function TimeChart(props: TimeChartProps) {
  const { label, buckets, zone, offset, yTicks, formatY, describe, children } = props
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const plotWidth = Math.max(1, width - margin.left - margin.right)
  const plotHeight = height - margin.top - margin.bottom
  const times = buckets.map(({ start, end }) => [Date.parse(start), Date.parse(end)] as const)
  const from = times[0]?.[0] ?? 0
  const to = times.at(-1)?.[1] ?? 1
  const x = (time: number): number => margin.left + ((time - from) / (to - from)) * plotWidth
  const most = yTicks.at(-1) ?? 1
  const y = (value: number): number => margin.top + (1 - value / most) * plotHeight
  const edges: Plot['edges'] = (index) => [x(times[index]![0]), x(times[index]![1])]
  const brush = useBrush({
    count: buckets.length,
    indexAt({ currentTarget, clientX }) {
      const time =
        from +
        ((clientX - currentTarget.getBoundingClientRect().left - margin.left) / plotWidth) *
          (to - from)
      const index = times.findIndex(([, end]) => time < end)
      return index === -1 ? buckets.length - 1 : index
    },
    onChoose: ({ first, last }) => showRange(buckets[first]!.start, buckets[last]!.end),
  })
  const { span, shown } = brush
  const told = span ?? (shown === undefined ? undefined : { first: shown, last: shown })
  const isLeft = told && x(times[told.first]![0]) > width / 2
  const describeBucket = (bucket: Bucket): string =>
    `${formatSpan(bucket.start, bucket.end, zone)}: ${describe(bucket)}`
  return (
    <div className="time-chart" ref={box}>
      {width > 0 && (
        <svg
          ref={brush.svg}
          width={width}
          height={height}
          role="group"
          aria-label={`${label}. Arrow keys move, Shift with them spans, Enter shows that time.`}
          {...brush.svgProps}
        >
          {yTicks.map((tick) => (
            <g key={tick} className="grid" transform={`translate(0 ${y(tick)})`}>
              <line x1={margin.left} x2={margin.left + plotWidth} />
              <text x={margin.left - 6} dy="0.32em" textAnchor="end">
                {formatY(tick)}
              </text>
            </g>
          ))}
          <TimeAxis from={from} to={to} x={x} zone={zone} offset={offset} width={plotWidth} />
          {children({ edges, y })}
          {span && (
            <rect
              className="brush"
              x={edges(span.first)[0]}
              y={margin.top}
              width={edges(span.last)[1] - edges(span.first)[0]}
              height={plotHeight}
            />
          )}
          {buckets.map((bucket, index) => {
            const [left, right] = edges(index)
            return (
              <rect
                key={bucket.start}
                role="button"
                aria-label={describeBucket(bucket)}
                className={index === shown ? 'hit shown' : 'hit'}
                x={left}
                y={margin.top}
                width={Math.max(1, right - left)}
                height={plotHeight}
                {...brush.barProps(index)}
              />
            )
          })}
        </svg>
      )}
      {told && (
        <div className={isLeft ? 'chart-tip left' : 'chart-tip'} aria-hidden="true">
          <strong>{formatSpan(buckets[told.first]!.start, buckets[told.last]!.end, zone)}</strong>
          {span && span.first !== span.last
            ? 'Release or press Enter to show this time'
            : describe(buckets[told.first]!)}
        </div>
      )}
    </div>
  )
}
