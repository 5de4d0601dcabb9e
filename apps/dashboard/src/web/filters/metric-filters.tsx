import type { MetricSummary } from '../../shared/dashboard-api.ts'
import { formatCount } from '../../shared/format.ts'
import { setUrl } from '../use-view.ts'
import { hasMetric, replaceMetric, toggleMetric, type View } from '../view.ts'
import { BoundsFilter, type Bounds } from './bounds-filter.tsx'

interface MetricProps {
  metric: MetricSummary
  chosen: View['metrics']
}

const readScore = (text: string): number | undefined =>
  /^-?\d*\.?\d+$/.test(text.trim()) ? Number(text) : undefined
const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined)

function ScoreFilter({ metric: { id, name }, chosen }: MetricProps) {
  const own = chosen.find((one) => one.id === id)
  const range = own && 'from' in own ? own : undefined
  const apply = ({ from = -Infinity, to = Infinity }: Bounds): void => {
    // A bar of a chart excludes its upper end, which stays so when the other end changes.
    const isOpen = range?.isOpen === true && range.to === to
    const isAny = from === -Infinity && to === Infinity
    setUrl({ metric: replaceMetric(chosen, id, isAny ? undefined : { id, from, to, isOpen }) })
  }
  return (
    <BoundsFilter
      title={name}
      bounds={range ? { from: finite(range.from), to: finite(range.to) } : {}}
      read={readScore}
      format={String}
      hint="Use a number such as 2.5."
      onApply={apply}
    />
  )
}

function LabelFilter({ metric: { id, name, labels }, chosen }: MetricProps) {
  const most = Math.max(1, ...labels.map(({ count }) => count))
  return (
    <fieldset className="facet">
      <legend title={name}>{name}</legend>
      {labels.map(({ value, count }) => (
        <label key={value} title={value} className="facet-value">
          <input
            type="checkbox"
            checked={hasMetric(chosen, { id, label: value })}
            onChange={() => setUrl({ metric: toggleMetric(chosen, { id, label: value }) })}
          />
          <span className="label" dir="auto">
            {value}
          </span>
          <span className="count">{formatCount(count)}</span>
          <span className="bar" style={{ width: `${(count / most) * 100}%` }} />
        </label>
      ))}
    </fieldset>
  )
}

/** A range for each metric with scores, a choice for each with labels. */
export const MetricFilters = ({ metrics, chosen }: Pick<MetricProps, 'chosen'> & ListProps) =>
  metrics.map((metric) => {
    const Filter = metric.kind === 'number' ? ScoreFilter : LabelFilter
    return <Filter key={metric.id} metric={metric} chosen={chosen} />
  })

interface ListProps {
  metrics: readonly MetricSummary[]
}
