import {
  formatNumber,
  formatPercent,
  formatPoints,
  formatSeconds,
  formatShare,
} from '@cekura-kit/call-format'
import { minEvaluatedCalls, plural, withSign, type BreakdownRow } from '@cekura-kit/call-format'
import type { Period, Summary } from '../shared/dashboard-api.ts'
import { formatRange } from '../shared/format.ts'
import { conditionOf, titleOfDimension } from './breakdown-panel.tsx'
import { Button } from './controls/button.tsx'
import { explainChange, toneOf } from './describe-change.ts'
import type { ShownProps } from './page.ts'
import { setUrl } from './use-view.ts'

/** Row contributions smaller than this are not worth a sentence. */
const minContribution = 0.0005

/** The row with the largest part of the change, in the direction of the change. */
function mainRow({ breakdown }: Summary): BreakdownRow | undefined {
  const { difference } = breakdown.overall
  const direction = Math.sign(difference ?? 0)
  return breakdown.rows.find(
    ({ isOther, contribution }) => !isOther && (contribution ?? 0) * direction >= minContribution,
  )
}

/** Whether and why the success rate changed. */
function ChangeSentence({ shown }: ShownProps) {
  const { summary, by, view, isComparing, range } = shown
  const { before, breakdown, now } = summary
  const { overall } = breakdown
  if (range.state === 'loading')
    return `So far, from ${formatNumber(range.shown)} of ${range.expected === undefined ? 'all' : formatNumber(range.expected)} calls.`
  if (isComparing) return 'Loading the previous period to compare…'
  if (!before) return 'Not compared with the previous period.'
  const period = formatRange(before.from, before.to, view.tz, Date.now())
  if (overall.result === 'too_few_calls')
    return `Too few evaluated calls to compare with ${period}: ${formatNumber(now.succeeded + now.failed)} now, ${formatNumber(before.succeeded + before.failed)} before, ${minEvaluatedCalls} needed.`
  const verb = { higher: 'Up', lower: 'Down', not_significant: 'No significant change' }
  const isSignificant = overall.result !== 'not_significant'
  const row = isSignificant ? mainRow(summary) : undefined
  const dimension = titleOfDimension(by, summary.metrics).toLowerCase()
  return (
    <>
      {verb[overall.result]} from {formatPercent(overall.before)} ({period})
      {isSignificant && ', significant'}.
      {row && (
        <>
          {' '}
          Largest contribution: {dimension} <b dir="auto">{conditionOf(shown, row.value).label}</b>{' '}
          {formatPoints(row.contribution)}.
        </>
      )}
    </>
  )
}

/** Statistics of the calls, next to those of the previous period. */
function listStats(now: Period, before: Period | undefined) {
  const growth =
    before && before.calls > 0
      ? ` (${withSign((now.calls - before.calls) / before.calls, formatPercent)})`
      : ''
  const lengthOf = (quantile: 'p50' | 'p90') => ({
    value: formatSeconds(now.duration_seconds[quantile]),
    note: before && `vs ${formatSeconds(before.duration_seconds[quantile])}`,
    hint: `Of ${plural(now.duration_seconds.known, 'call')} with a duration`,
  })
  return [
    {
      title: 'Calls',
      value: formatNumber(now.calls),
      note: before && `vs ${formatNumber(before.calls)}${growth}`,
      hint: 'Calls in this time range',
    },
    { title: 'Median duration', ...lengthOf('p50') },
    { title: 'P90 duration', ...lengthOf('p90') },
    {
      title: 'Reviewed',
      value: formatShare(now.reviewed, now.calls),
      note: plural(now.reviewed, 'call'),
      hint: 'Calls that a person has reviewed',
    },
  ]
}

/** The answer in one line: the success rate, whether it changed, and the size of it all. */
export function Headline({ shown }: ShownProps) {
  const { view, range } = shown
  const { now, before, breakdown, rangeCalls } = shown.summary
  const { overall } = breakdown
  const isByOutcome = view.outcome.values.length > 0
  const isLoading = range.state === 'loading'
  return (
    <section className="card headline" aria-label="Summary">
      <div className="answer">
        <h2>{isByOutcome ? 'Share of calls' : 'Success rate'}</h2>
        <p className="rate">
          <strong>
            {isByOutcome ? formatShare(now.calls, rangeCalls) : formatPercent(now.success_rate)}
          </strong>
          {!isByOutcome && before && !isLoading && overall.difference !== null && (
            <span
              className={`change ${toneOf(overall.result)}`}
              title={explainChange(overall, now.succeeded + now.failed)}
            >
              {formatPoints(overall.difference)}
            </span>
          )}
          {isLoading && <span className="so-far">so far</span>}
        </p>
        <p className="sentence">
          {isByOutcome ? (
            `${plural(now.calls, 'call')} of ${formatNumber(rangeCalls)} have the selected outcome.`
          ) : (
            <ChangeSentence shown={shown} />
          )}{' '}
          {!isByOutcome && now.not_evaluated > 0 && (
            <Button className="link" onClick={() => setUrl({ outcome: 'not_evaluated' })}>
              {formatNumber(now.not_evaluated)} not evaluated (excluded)
            </Button>
          )}
        </p>
      </div>
      <ul className="stats" aria-label="Statistics">
        {listStats(now, before).map(({ title, value, note, hint }) => (
          <li key={title} title={hint}>
            <span className="title">{title}</span>
            <strong>{value}</strong>
            <span className="note">{isLoading ? 'so far' : note}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
