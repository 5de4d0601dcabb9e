import { useRef } from 'react'
import type { MetricSummary } from '../../shared/dashboard-api.ts'
import { countDecimals } from '../../shared/count-decimals.ts'
import { formatCalls, formatCount, formatScore, formatShare, formatTick } from '../format.ts'
import { setUrl } from '../use-view.ts'
import { useWidth } from '../use-media.ts'
import { hasMetric, toggleMetric, type View } from '../view.ts'
import { BarList } from './bar-list.tsx'
import { ChartCard, type ChartTable } from './chart-card.tsx'
import { useBrush } from './use-brush.ts'

const height = 168
const margin = { top: 22, right: 4, bottom: 22, left: 4 }

const characterPixels = 7

type Bin = MetricSummary['bins'][number]

interface MetricProps {
  metric: MetricSummary
  chosen: View['metrics']
}

/** A bin holds its lower end and not its upper one; a lone value is a bin of itself. */
const toFilter = (id: number, first: Bin, last: Bin) => ({
  id,
  from: first.from,
  to: last.to,
  isOpen: last.from < last.to,
})

function Histogram({ metric, chosen }: MetricProps) {
  const { id, name, count, bins, decimals } = metric
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const plotWidth = Math.max(1, width - margin.left - margin.right)
  const plotHeight = height - margin.top - margin.bottom
  const step = plotWidth / bins.length
  const most = Math.max(1, ...bins.map(({ count }) => count))
  const own = chosen.filter((filter) => filter.id === id)
  const isChosen = (bin: Bin): boolean =>
    own.length === 0 || own.some((one) => 'from' in one && bin.from >= one.from && bin.to <= one.to)
  const brush = useBrush({
    count: bins.length,
    indexAt: ({ currentTarget, clientX }) =>
      Math.max(
        0,
        Math.min(
          bins.length - 1,
          Math.floor((clientX - currentTarget.getBoundingClientRect().left - margin.left) / step),
        ),
      ),
    onChoose: ({ first, last }) =>
      setUrl({ metric: toggleMetric(chosen, toFilter(id, bins[first]!, bins[last]!)) }),
  })
  const places = Math.max(decimals, ...bins.map(({ from }) => countDecimals(from)))
  const words = ({ from, to }: Bin): string =>
    from === to
      ? formatScore(from, places)
      : `${formatScore(from, places)} to under ${formatScore(to, places)}`
  const ticks = bins.map(({ from }) => formatTick(from, places))
  // As many labels as fit.
  const longest = Math.max(...ticks.map(({ length }) => length))
  const every = Math.ceil((longest * characterPixels + 10) / step)
  const { span, shown } = brush
  return (
    <div className="histogram" ref={box}>
      {width > 0 && (
        <svg
          ref={brush.svg}
          width={width}
          height={height}
          role="group"
          aria-label={`${name}, calls by score. Arrow keys move, Shift with them spans, Enter shows those calls.`}
          {...brush.svgProps}
        >
          {bins.map((bin, index) => {
            const size = (bin.count / most) * plotHeight
            const isSpanned = span && index >= span.first && index <= span.last
            return (
              <g key={bin.from} transform={`translate(${margin.left + index * step} 0)`}>
                <rect
                  className={`bin ${isChosen(bin) ? '' : 'faded'} ${isSpanned ? 'spanned' : ''}`}
                  x={0.75}
                  width={Math.max(1, step - 1.5)}
                  y={margin.top + plotHeight - size}
                  height={size}
                />
                {index % every === 0 && (
                  <text
                    y={height - 6}
                    textAnchor={bins.length === 1 ? 'middle' : 'start'}
                    x={bins.length === 1 ? step / 2 : 0}
                  >
                    {ticks[index]}
                  </text>
                )}
                <rect
                  role="button"
                  aria-pressed={hasMetric(chosen, toFilter(id, bin, bin))}
                  aria-label={`${name} ${words(bin)}: ${formatCalls(bin.count)}`}
                  className={index === shown ? 'hit shown' : 'hit'}
                  width={step}
                  y={margin.top}
                  height={plotHeight}
                  {...brush.barProps(index)}
                />
              </g>
            )
          })}
          <line
            className="base"
            x1={margin.left}
            x2={margin.left + plotWidth}
            y1={margin.top + plotHeight + 0.5}
            y2={margin.top + plotHeight + 0.5}
          />
          <text className="told" x={margin.left} y={12} aria-hidden="true">
            {shown === undefined || !bins[shown]
              ? `${formatCalls(count)}, at most ${formatCount(most)} in a bar`
              : `${words(bins[shown])}: ${formatCalls(bins[shown].count)}`}
          </text>
        </svg>
      )}
    </div>
  )
}

/** How a metric's scores, or its labels, are spread over the calls. */
export function MetricChart({ metric, chosen }: MetricProps) {
  const { id, name, kind, count, median, decimals, bins, labels } = metric
  const table: ChartTable =
    kind === 'number'
      ? {
          head: ['From', 'To under', 'Calls', 'Share'],
          rows: bins.map((bin) => [
            formatScore(bin.from, decimals),
            formatScore(bin.to, decimals),
            formatCount(bin.count),
            formatShare(bin.count, count),
          ]),
        }
      : {
          head: ['Label', 'Calls', 'Share'],
          rows: labels.map((label) => [
            label.value,
            formatCount(label.count),
            formatShare(label.count, count),
          ]),
        }
  const unit =
    kind === 'number'
      ? `median ${median === null ? '–' : formatScore(median, decimals)}`
      : formatCalls(count)
  return (
    <ChartCard title={name} unit={unit} table={table}>
      {kind === 'number' ? (
        <Histogram metric={metric} chosen={chosen} />
      ) : (
        <div className="bar-scroll">
          <BarList
            items={labels.map(({ value, count: calls }) => ({
              key: value,
              label: value,
              count: calls,
              isChosen: hasMetric(chosen, { id, label: value }),
            }))}
            whole={count}
            onToggle={(label) => setUrl({ metric: toggleMetric(chosen, { id, label }) })}
          />
        </div>
      )}
    </ChartCard>
  )
}
