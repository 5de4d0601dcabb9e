import type { BreakdownRow, Dimension } from '@cekura-kit/call-format'
import { formatNumber, formatPercent, formatPoints, formatSeconds } from '@cekura-kit/call-format'
import type { MetricSummary } from '../shared/dashboard-api.ts'
import { dimensionNames, facets, type FacetName } from '../shared/facets.ts'
import { facetCondition, metricCondition, type Condition } from './condition.ts'
import { Button } from './controls/button.tsx'
import { Select } from './controls/fields.tsx'
import { explainChange, toneOf } from './describe-change.ts'
import type { Shown, ShownProps } from './page.ts'
import { setUrl } from './use-view.ts'

/** What a row of a dimension filters by. */
export const conditionOf = ({ by, view }: Shown, value: string): Condition =>
  by.startsWith('metric:')
    ? metricCondition(view, { id: Number(by.slice('metric:'.length)), label: value })
    : facetCondition(view, by as FacetName, value)

/** A dimension in the middle of a sentence or a list. */
export function titleOfDimension(by: Dimension, metrics: readonly MetricSummary[]): string {
  if (Object.hasOwn(facets, by)) return facets[by as FacetName].title
  return metrics.find(({ id }) => by === `metric:${id}`)?.name ?? by
}

function Row({ row, shown }: { row: BreakdownRow; shown: Shown }) {
  const { value, isOther, calls, evaluated, change, contribution, medianSeconds } = row
  const { label, isChosen, toggle } = conditionOf(shown, value)
  // Calls of one outcome have no success rate.
  const hasRate = shown.view.outcome.values.length === 0
  const points = (text: string): string => (shown.isComparing ? '…' : text)
  const rates = [
    formatPercent(change.now),
    points(change.result === 'too_few_calls' ? 'too few' : formatPoints(change.difference)),
    points(formatPoints(contribution)),
  ]
  const [rate, difference, share] = hasRate ? rates : ['–', '–', '–']
  const tone = hasRate && !shown.isComparing ? toneOf(change.result) : ''
  return (
    <tr
      className={isOther ? 'other' : isChosen ? 'chosen' : ''}
      onClick={() => !isOther && setUrl(toggle)}
    >
      <th scope="row" title={isOther ? 'Other' : label}>
        {/* Its click is that of the row. */}
        {isOther ? (
          'Other'
        ) : (
          <Button className="quiet" aria-pressed={isChosen} dir="auto">
            {label}
          </Button>
        )}
      </th>
      <td>{formatNumber(calls)}</td>
      <td>{rate}</td>
      <td className={`change ${tone}`} title={explainChange(change, evaluated, true)}>
        {difference}
      </td>
      <td>{share}</td>
      <td title={`Of ${formatNumber(row.durationsKnown)} calls with a duration`}>
        {formatSeconds(medianSeconds)}
      </td>
    </tr>
  )
}

const heads = [
  ['Calls', 'Calls in this time range'],
  ['Success', 'Success rate of the evaluated calls'],
  ['Change', 'From the previous period, in percentage points; colored if significant'],
  ['Contrib.', 'Contribution to the change of the overall success rate; the rows add up to it'],
  ['Median', 'Median duration of the calls with a duration'],
] as const

/** What moved the success rate: the filtered calls by the values of one dimension. */
export function BreakdownPanel({ shown }: ShownProps) {
  const { view, summary } = shown
  const { breakdown, metrics } = summary
  const labelMetrics = metrics.filter(({ kind }) => kind === 'label')
  const dimensions = new Set<Dimension>([
    ...dimensionNames,
    ...labelMetrics.map(({ id }) => `metric:${id}` as const),
    view.by,
  ])
  const title = titleOfDimension(shown.by, metrics)
  return (
    <section className="card breakdown" aria-label="Breakdown">
      <header>
        <h2>Breakdown</h2>
        <label>
          by{' '}
          <Select
            value={view.by}
            options={[...dimensions].map((by) => [by, titleOfDimension(by, metrics)])}
            onChange={(by) => setUrl({ by }, false)}
          />
        </label>
      </header>
      <div
        className="breakdown-body"
        tabIndex={0}
        role="region"
        aria-label={`Breakdown by ${title}`}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              {heads.map(([head, hint]) => (
                <th key={head} scope="col" title={hint}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {breakdown.rows.map((row) => (
              <Row key={`${row.value} ${row.isOther}`} row={row} shown={shown} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
