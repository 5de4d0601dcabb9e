import type { MetricSummary } from '../../shared/dashboard-api.ts'
import { facetNames } from '../../shared/dashboard-api.ts'
import { showNamedRange } from '../controls/range-picker.tsx'
import { formatRange, formatSeconds, formatValue } from '../format.ts'
import { Icon } from '../icons.tsx'
import { resetFilters, setUrl } from '../use-view.ts'
import { isFiltered, toggleMetric, toggleValue, type View } from '../view.ts'

const titles = { status: 'Status', reason: 'Reason', topic: 'Topic', reviewed: 'Review' }

interface Chip {
  key: string
  name: string
  value: string
  onRemove: () => void
}

function listChips(view: View, metrics: readonly MetricSummary[]): Chip[] {
  const { facets, min, max, q, time, zone } = view
  const chips: Chip[] = []
  if ('from' in time)
    chips.push({
      key: 'time',
      name: 'Time',
      value: formatRange(time.from, time.to, zone, Date.now()),
      onRemove: () => showNamedRange('30d'),
    })
  for (const name of facetNames)
    for (const value of facets[name])
      chips.push({
        key: `${name} ${value}`,
        name: titles[name],
        value: formatValue(name, value),
        onRemove: () => setUrl({ [name]: toggleValue(facets[name], value) }),
      })
  if (min !== undefined || max !== undefined)
    chips.push({
      key: 'duration',
      name: 'Duration',
      value:
        max === undefined
          ? `${formatSeconds(min!)} or more`
          : `${formatSeconds(min ?? 0)} to ${formatSeconds(max)}`,
      onRemove: () => setUrl({ min: undefined, max: undefined }),
    })
  for (const filter of view.metrics) {
    const name = metrics.find(({ id }) => id === filter.id)?.name ?? `Metric ${filter.id}`
    const range =
      'label' in filter
        ? filter.label
        : filter.from === filter.to
          ? String(filter.from)
          : filter.to === Infinity
            ? `${filter.from} or more`
            : `${filter.from === -Infinity ? 'up' : filter.from} to ${filter.isOpen ? 'under ' : ''}${filter.to}`
    chips.push({
      key: JSON.stringify(filter),
      name,
      value: range,
      onRemove: () => setUrl({ metric: toggleMetric(view.metrics, filter) }),
    })
  }
  if (q.trim())
    chips.push({
      key: 'q',
      name: 'Search',
      value: q.trim(),
      onRemove: () => setUrl({ q: undefined }),
    })
  return chips
}

/** What narrows the calls now, each with its way out. */
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
      {isFiltered(view) && (
        <li>
          <button type="button" className="quiet" onClick={resetFilters}>
            Clear all
          </button>
        </li>
      )}
    </ul>
  )
}
