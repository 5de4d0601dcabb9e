import type { BreakdownRow, Dimension } from '@cekura-kit/call-format'
import { writeChoice } from '../shared/choice.ts'
import type { MetricSummary } from '../shared/dashboard-api.ts'
import { dimensionNames, facets, labelOf, type FacetName } from '../shared/facets.ts'
import { formatCount, formatDuration, formatPoints, formatRate } from '../shared/format.ts'
import { explainChange, toneOf } from './describe-change.ts'
import type { Shown } from './use-calls.ts'
import { setUrl, type UrlChange } from './use-view.ts'
import { hasMetric, toggleMetric, type View } from './view.ts'

interface PanelProps {
  shown: Shown
  view: View
  isComparing: boolean
}

/** How the rows of a dimension are named, selected and turned into a filter. */
interface RowKind {
  label: (value: string) => string
  isChosen: (value: string) => boolean
  filter: (value: string) => UrlChange
}

function rowKindOf(by: Dimension, view: View): RowKind {
  if (by.startsWith('metric:')) {
    const id = Number(by.slice('metric:'.length))
    return {
      label: (value) => value || '(none)',
      isChosen: (label) => hasMetric(view.metrics, { id, label }),
      filter: (label) => ({ metric: toggleMetric(view.metrics, { id, label }) }),
    }
  }
  const name = by as FacetName
  const { values, isExcluded } = view.facets[name]
  const isChosen = (value: string): boolean => !isExcluded && values.includes(value)
  return {
    label: (value) => labelOf(name, value),
    isChosen,
    filter: (value) => ({
      [name]: isChosen(value) ? undefined : writeChoice({ values: [value], isExcluded: false }),
    }),
  }
}

/** A dimension in the middle of a sentence or a list. */
export function titleOfDimension(by: Dimension, metrics: readonly MetricSummary[]): string {
  if (Object.hasOwn(facets, by)) return facets[by as FacetName].title
  return metrics.find(({ id }) => by === `metric:${id}`)?.name ?? by
}

const pending = '…'

interface RowProps {
  row: BreakdownRow
  kind: RowKind
  isComparing: boolean
  /** Whether calls of all outcomes are counted, so that there is a success rate. */
  hasRate: boolean
}

function Row({ row, kind, isComparing, hasRate }: RowProps) {
  const { value, isOther, calls, evaluated, change, contribution, medianSeconds } = row
  const label = isOther ? 'Other' : kind.label(value)
  const isChosen = !isOther && kind.isChosen(value)
  const changeText = !hasRate
    ? '–'
    : isComparing
      ? pending
      : change.result === 'too_few_calls'
        ? 'too few'
        : formatPoints(change.difference)
  const onClick = (): void => {
    if (!isOther) setUrl(kind.filter(value))
  }
  return (
    <tr className={isChosen ? 'chosen' : isOther ? 'other' : ''} onClick={onClick}>
      <th scope="row" title={label}>
        {isOther ? (
          label
        ) : (
          <button
            type="button"
            className="quiet"
            aria-pressed={isChosen}
            dir="auto"
            onClick={(event) => {
              event.stopPropagation()
              onClick()
            }}
          >
            {label}
          </button>
        )}
      </th>
      <td>{formatCount(calls)}</td>
      <td>{hasRate ? formatRate(change.now) : '–'}</td>
      <td
        className={`change ${isComparing || !hasRate ? '' : toneOf(change.result)}`}
        title={explainChange(change, evaluated, true)}
      >
        {changeText}
      </td>
      <td>{!hasRate ? '–' : isComparing ? pending : formatPoints(contribution)}</td>
      <td title={`Of ${formatCount(row.durationsKnown)} calls with a duration`}>
        {formatDuration(medianSeconds)}
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
export function BreakdownPanel({ shown, view, isComparing }: PanelProps) {
  const { breakdown, metrics } = shown.summary
  const labelMetrics = metrics.filter(({ kind }) => kind === 'label')
  const dimensions: Dimension[] = [
    ...dimensionNames,
    ...labelMetrics.map(({ id }) => `metric:${id}` as const),
  ]
  if (!dimensions.includes(view.by)) dimensions.push(view.by)
  const title = titleOfDimension(shown.by, metrics)
  const kind = rowKindOf(shown.by, view)
  return (
    <section className="card breakdown" aria-label="Breakdown">
      <header>
        <h2>Breakdown</h2>
        <label>
          by{' '}
          <select
            value={view.by}
            onChange={({ target }) =>
              setUrl({ by: target.value === 'topic' ? undefined : target.value }, false)
            }
          >
            {dimensions.map((by) => (
              <option key={by} value={by}>
                {titleOfDimension(by, metrics)}
              </option>
            ))}
          </select>
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
              <Row
                key={`${row.value} ${row.isOther}`}
                row={row}
                kind={kind}
                isComparing={isComparing}
                hasRate={view.facets.outcome.values.length === 0}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
