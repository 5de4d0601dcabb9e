import type { ReactNode } from 'react'
import type { MetricSummary } from '../../shared/dashboard-api.ts'
import type { Shown } from '../page.ts'
import { CallsChart } from './calls-chart.tsx'
import { Distribution } from './distribution.tsx'
import { RateChart } from './rate-chart.tsx'
import { TrendChart } from './trend-chart.tsx'

export interface Chart {
  /** Its name in the URL. */
  key: string
  title: string
  render: (shown: Shown) => ReactNode
}

const callCharts: readonly Chart[] = [
  { key: 'calls', title: 'Calls', render: (shown) => <CallsChart shown={shown} /> },
  { key: 'rate', title: 'Success rate', render: (shown) => <RateChart shown={shown} /> },
]

/** Every chart that a metric has. */
function metricCharts(metric: MetricSummary): Chart[] {
  const { id, name, kind, isBinary } = metric
  const trend: Chart = {
    key: `m${id}`,
    title: name,
    render: (shown) => <TrendChart shown={shown} metric={metric} />,
  }
  const distribution: Chart = {
    key: `d${id}`,
    title: `${name}, distribution`,
    render: (shown) => <Distribution shown={shown} metric={metric} />,
  }
  return [...(kind === 'number' ? [trend] : []), ...(isBinary ? [] : [distribution])]
}

/** All charts there are for some metrics. */
export const listCharts = (metrics: readonly MetricSummary[]): Chart[] => [
  ...callCharts,
  ...metrics.flatMap(metricCharts),
]
