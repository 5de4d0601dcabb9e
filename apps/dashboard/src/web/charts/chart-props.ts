import type { MetricSummary } from '../../shared/dashboard-api.ts'
import type { Shown } from '../use-calls.ts'
import type { View } from '../view.ts'

export interface ChartProps {
  shown: Shown
  view: View
}

export interface MetricChartProps extends ChartProps {
  metric: MetricSummary
  title: string
}
