import type { ComponentType, ReactNode } from 'react'
import type { MetricSummary } from '../../shared/dashboard-api.ts'
import { CallsChart } from './calls-chart.tsx'
import type { ChartProps, MetricChartProps } from './chart-props.ts'
import { Distribution } from './distribution.tsx'
import { RateChart } from './rate-chart.tsx'
import { TrendChart } from './trend-chart.tsx'

export interface Chart {
  /** Its name in the URL. */
  key: string
  title: string
  render: (props: ChartProps) => ReactNode
}

const callCharts: readonly Chart[] = [
  { key: 'calls', title: 'Calls', render: (props) => <CallsChart {...props} /> },
  { key: 'rate', title: 'Success rate', render: (props) => <RateChart {...props} /> },
]

interface MetricChart {
  /** In front of the metric's ID, the key of the chart. */
  prefix: string
  title: (name: string) => string
  suits: (metric: MetricSummary) => boolean
  Component: ComponentType<MetricChartProps>
}

/** Every kind of chart that a metric can have. */
const metricCharts: readonly MetricChart[] = [
  {
    prefix: 'm',
    title: (name) => name,
    suits: ({ kind }) => kind === 'number',
    Component: TrendChart,
  },
  {
    prefix: 'd',
    title: (name) => `${name}, distribution`,
    suits: ({ isBinary }) => !isBinary,
    Component: Distribution,
  },
]

/** All charts there are for some metrics. */
export const listCharts = (metrics: readonly MetricSummary[]): Chart[] => [
  ...callCharts,
  ...metrics.flatMap((metric) =>
    metricCharts
      .filter(({ suits }) => suits(metric))
      .map(({ prefix, title, Component }) => ({
        key: `${prefix}${metric.id}`,
        title: title(metric.name),
        render: (props: ChartProps) => (
          <Component {...props} metric={metric} title={title(metric.name)} />
        ),
      })),
  ),
]
