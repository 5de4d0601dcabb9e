import { toggleValue, writeChoice } from '../../shared/choice.ts'
import type { MetricSummary } from '../../shared/dashboard-api.ts'
import { facetNames, facetOf, labelOf } from '../../shared/facets.ts'
import { formatDuration, formatRange } from '../../shared/format.ts'
import type { MetricFilter } from '../../shared/metric-filter.ts'
import { defaultRange } from '../../shared/ranges.ts'
import { showNamedRange } from '../controls/range-picker.tsx'
import { Icon } from '../icons.tsx'
import { setUrl } from '../use-view.ts'
import { toggleMetric, type View } from '../view.ts'

interface Chip {
  key: string
  name: string
  value: string
  onRemove: () => void
}

function describeMetric(filter: MetricFilter): string {
  if ('label' in filter) return filter.label || '(none)'
  const { from, to, isOpen } = filter
  if (from === to) return String(from)
  if (to === Infinity) return `${from} or more`
  return `${from === -Infinity ? 'up' : from} to ${isOpen ? 'under ' : ''}${to}`
}

function listChips(view: View, metrics: readonly MetricSummary[]): Chip[] {
  const { facets, min, max, q, time, zone } = view
  const chips: Chip[] = []
  if ('from' in time)
    chips.push({
      key: 'time',
      name: 'Time',
      value: formatRange(time.from, time.to, zone, Date.now()),
      onRemove: () => showNamedRange(defaultRange),
    })
  for (const name of facetNames)
    for (const value of facets[name].values)
      chips.push({
        key: `${name} ${value}`,
        name: facetOf(name).title + (facets[name].isExcluded ? ' not' : ''),
        value: labelOf(name, value),
        onRemove: () => setUrl({ [name]: writeChoice(toggleValue(facets[name], value)) }),
      })
  if (min !== undefined || max !== undefined)
    chips.push({
      key: 'duration',
      name: 'Duration',
      value:
        max === undefined
          ? `${formatDuration(min!)} or more`
          : `${formatDuration(min ?? 0)} to ${formatDuration(max)}`,
      onRemove: () => setUrl({ min: undefined, max: undefined }),
    })
  for (const filter of view.metrics)
    chips.push({
      key: JSON.stringify(filter),
      name: metrics.find(({ id }) => id === filter.id)?.name ?? `Metric ${filter.id}`,
      value: describeMetric(filter),
      onRemove: () => setUrl({ metric: toggleMetric(view.metrics, filter) }),
    })
  if (q.trim())
    chips.push({
      key: 'q',
      name: 'Search',
      value: q.trim(),
      onRemove: () => setUrl({ q: undefined }),
    })
  return chips
}

/** The filters in effect; a click removes one. */
export function FilterChips({ view, metrics }: { view: View; metrics: readonly MetricSummary[] }) {
  const chips = listChips(view, metrics)
  if (chips.length === 0) return null
  return (
    <ul className="chips" aria-label="Filters in effect">
      {chips.map(({ key, name, value, onRemove }) => (
        <li key={key}>
          <button type="button" onClick={onRemove}>
            <span className="visually-hidden">Remove </span>
            <span className="name">{name}</span>{' '}
            <span className="value" dir="auto">
              {value}
            </span>
            <Icon name="cross" />
          </button>
        </li>
      ))}
    </ul>
  )
}
