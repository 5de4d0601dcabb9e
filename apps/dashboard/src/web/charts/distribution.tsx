import { formatNumber, formatShare } from '@cekura-kit/call-format'
import { countDecimals } from '../../shared/count-decimals.ts'
import type { MetricSummary } from '../../shared/dashboard-api.ts'
import { formatScore } from '../../shared/format.ts'
import type { MetricFilter } from '../../shared/metric-filter.ts'
import { metricCondition } from '../condition.ts'
import { Button } from '../controls/button.tsx'
import type { ShownProps } from '../page.ts'
import { setUrl } from '../use-view.ts'
import { ChartCard } from './chart-card.tsx'

interface Bar {
  title: string
  count: number
  filter: MetricFilter
}

/** Bins of scores, each without its upper end, or labels, most frequent first. */
function listBars({ id, kind, decimals, bins, labels }: MetricSummary): Bar[] {
  if (kind === 'label')
    return labels.map(({ value, count }) => ({
      title: value,
      count,
      filter: { id, label: value },
    }))
  const digits = Math.max(decimals, ...bins.map(({ from }) => countDecimals(from)))
  return bins.map(({ from, to, count }) => ({
    title:
      from === to
        ? formatScore(from, digits)
        : `${formatScore(from, digits)} to under ${formatScore(to, digits)}`,
    count,
    filter: { id, from, to, isOpen: from < to },
  }))
}

/** How the results of a metric are distributed; a bar filters. */
export function Distribution({ shown: { view }, metric }: ShownProps & { metric: MetricSummary }) {
  const { id, name, kind, median, decimals, count } = metric
  const bars = listBars(metric)
  const all = bars.reduce((sum, bar) => sum + bar.count, 0)
  const most = Math.max(1, ...bars.map((bar) => bar.count))
  const isFiltered = view.metric.some((filter) => filter.id === id)
  return (
    <ChartCard
      title={`${name}, distribution`}
      caption={
        kind === 'label' || median === null
          ? `${formatNumber(all)} calls with a result`
          : `Median ${formatScore(median, decimals)} of ${formatNumber(count)} scores`
      }
      table={{
        head: ['Result', 'Calls', 'Share'],
        rows: bars.map((bar) => [bar.title, formatNumber(bar.count), formatShare(bar.count, all)]),
      }}
    >
      <ul className={isFiltered ? 'bar-list some-chosen' : 'bar-list'}>
        {bars.map((bar) => {
          const { isChosen, toggle } = metricCondition(view, bar.filter)
          return (
            <li key={bar.title}>
              <Button aria-pressed={isChosen} title={bar.title} onClick={() => setUrl(toggle)}>
                <span className="bar" style={{ width: `${(bar.count / most) * 100}%` }} />
                <span className="label" dir="auto">
                  {bar.title}
                </span>
                <span className="count">{formatNumber(bar.count)}</span>
                <span className="share">{formatShare(bar.count, all)}</span>
              </Button>
            </li>
          )
        })}
      </ul>
    </ChartCard>
  )
}
