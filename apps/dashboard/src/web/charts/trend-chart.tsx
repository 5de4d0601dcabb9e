import { formatNumber, formatPercent } from '@cekura-kit/call-format'
import { keepPreviousData } from '@tanstack/react-query'
import type { MetricSummary } from '../../shared/dashboard-api.ts'
import { formatPercentTick, formatScore, formatTick } from '../../shared/format.ts'
import { api } from '../api.ts'
import { describeChange } from '../describe-change.ts'
import type { ShownProps } from '../page.ts'
import { LineChart } from './line-chart.tsx'

/** A metric over time: its mean, or the pass rate of a binary one. */
export function TrendChart({ shown, metric }: ShownProps & { metric: MetricSummary }) {
  const { id, name, isBinary, decimals, count } = metric
  const query = { ...shown.filter, id, compare: shown.summary.before !== undefined }
  const options = { placeholderData: keepPreviousData } as const
  const { data } = api.useQuery('get', '/api/trend', { params: { query } }, options)
  const format = isBinary
    ? formatPercent
    : (value: number): string => formatScore(value, Math.max(2, decimals))
  const what = isBinary ? 'Pass rate' : 'Mean'
  return (
    <LineChart
      shown={shown}
      title={name}
      caption={
        data?.change
          ? `${what}: ${describeChange(data.change, isBinary ? undefined : format)}`
          : `${what} of ${formatNumber(count)} scores, with 95% interval`
      }
      what={what}
      unit="scores"
      now={data?.now ?? []}
      previous={data?.before ?? []}
      format={format}
      formatTick={isBinary ? formatPercentTick : (value) => formatTick(value, decimals)}
    />
  )
}
