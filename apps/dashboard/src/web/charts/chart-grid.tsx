import { useState } from 'react'
import type { SummaryAnswer } from '../../shared/dashboard-api.ts'
import type { View } from '../view.ts'
import { CallsChart, RateChart } from './calls-chart.tsx'
import { MetricChart } from './metric-chart.tsx'
import { ReasonsChart } from './reasons-chart.tsx'

const shownMetrics = 3

interface ChartGridProps {
  summary: SummaryAnswer
  view: View
  offset: number
}

/** All drawings of the filtered calls. */
export function ChartGrid({ summary, view, offset }: ChartGridProps) {
  const [isWhole, setWhole] = useState(false)
  const { buckets, facets, metrics } = summary
  const visible = metrics.filter(
    ({ id }, index) => isWhole || index < shownMetrics || view.metrics.some((one) => one.id === id),
  )
  const time = { buckets, zone: view.zone, offset }
  return (
    <section className="charts" aria-label="Charts">
      <CallsChart {...time} />
      <RateChart {...time} />
      <ReasonsChart facet={facets.reason} chosen={view.facets.reason} />
      {visible.map((metric) => (
        <MetricChart key={metric.id} metric={metric} chosen={view.metrics} />
      ))}
      {metrics.length > shownMetrics && (
        <button type="button" className="quiet more-metrics" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer metrics' : `Show all ${metrics.length} metrics`}
        </button>
      )}
    </section>
  )
}
