import { formatPercent, successRateOverTime } from '@cekura-kit/call-format'
import type { Period } from '../../shared/dashboard-api.ts'
import { formatPercentTick } from '../../shared/format.ts'
import { describeChange } from '../describe-change.ts'
import type { ShownProps } from '../page.ts'
import { LineChart, type LinePoint } from './line-chart.tsx'

/** The success rate in buckets with enough evaluated calls. */
const pointsOf = (period: Period | undefined): LinePoint[] =>
  successRateOverTime(
    (period?.volume ?? []).map(({ from, to, succeeded, failed }) => ({
      from: Date.parse(from),
      to: Date.parse(to),
      success: succeeded,
      failure: failed,
    })),
  ).map((point) => ({ ...point, value: point.share, count: point.evaluated }))

/** The success rate over time; without one when the calls are filtered by outcome. */
export function RateChart({ shown }: ShownProps) {
  const { now, before, breakdown } = shown.summary
  const isByOutcome = shown.view.outcome.values.length > 0
  const caption = isByOutcome
    ? 'Remove the outcome filter to see the rate.'
    : before
      ? describeChange(breakdown.overall)
      : `${formatPercent(now.success_rate)} of evaluated calls, with 95% interval`
  return (
    <LineChart
      shown={shown}
      title="Success rate"
      caption={caption}
      what="Success rate"
      unit="evaluated calls"
      now={isByOutcome ? [] : pointsOf(now)}
      previous={isByOutcome ? [] : pointsOf(before)}
      format={formatPercent}
      formatTick={formatPercentTick}
    />
  )
}
