import type { MetricSummary } from '../../shared/dashboard-api.ts'
import { formatCount } from '../format.ts'
import { setUrl } from '../use-view.ts'
import { hasMetric, replaceMetric, toggleMetric, type View } from '../view.ts'
import { useDraft } from '../use-draft.ts'

interface MetricProps {
  metric: MetricSummary
  chosen: View['metrics']
}

const readScore = (text: string): number | undefined =>
  /^-?\d*\.?\d+$/.test(text.trim()) ? Number(text) : undefined

const show = (value: number | undefined): string =>
  value !== undefined && Number.isFinite(value) ? String(value) : ''

function ScoreRange({ metric, chosen }: MetricProps) {
  const { id, name } = metric
  const own = chosen.find((one) => one.id === id)
  const given = own && 'from' in own ? own : undefined
  const [low, setLow] = useDraft(show(given?.from))
  const [high, setHigh] = useDraft(show(given?.to))
  const from = readScore(low) ?? -Infinity
  const to = readScore(high) ?? Infinity
  const isWrong = [low, high].some((text) => text.trim() !== '' && readScore(text) === undefined)
  const isCrossed = from > to
  const apply = (): void => {
    if (isWrong || isCrossed) return
    if (low === show(given?.from) && high === show(given?.to)) return
    const isAny = from === -Infinity && to === Infinity
    // A bar of the chart leaves its upper end out; the other end can change and that stays.
    const isOpen = given?.isOpen === true && given.to === to
    setUrl({ metric: replaceMetric(chosen, id, isAny ? undefined : { id, from, to, isOpen }) })
  }
  const field = (label: string, text: string, set: (text: string) => void) => (
    <label>
      {label}
      <input
        type="text"
        inputMode="decimal"
        value={text}
        aria-label={`${name} ${label.toLowerCase()}`}
        aria-invalid={isWrong || isCrossed}
        onChange={({ target }) => set(target.value)}
        onBlur={apply}
        onKeyDown={({ key }) => key === 'Enter' && apply()}
      />
    </label>
  )
  return (
    <>
      <div>
        {field('At least', low, setLow)}
        {field('At most', high, setHigh)}
      </div>
      {(isWrong || isCrossed) && (
        <p className="note mistake" role="status">
          {isWrong ? 'Write a number, as 2.5.' : 'The highest is lower.'}
        </p>
      )}
    </>
  )
}

function Labels({ metric, chosen }: MetricProps) {
  const { id, labels } = metric
  const most = Math.max(1, ...labels.map(({ count }) => count))
  return labels.map(({ value, count }) => (
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
  ))
}

interface MetricFiltersProps {
  metrics: readonly MetricSummary[]
  chosen: View['metrics']
}

/** A range for each metric with scores, a choice for each with labels. */
export const MetricFilters = ({ metrics, chosen }: MetricFiltersProps) =>
  metrics.map((metric) => (
    <fieldset key={metric.id} className="facet range-filter">
      <legend title={metric.name}>{metric.name}</legend>
      {metric.kind === 'number' ? (
        <ScoreRange metric={metric} chosen={chosen} />
      ) : (
        <Labels metric={metric} chosen={chosen} />
      )}
    </fieldset>
  ))
