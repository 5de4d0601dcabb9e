import { useState } from 'react'
import { excludeValue, toggleValue, writeChoice, type Choice } from '../../shared/choice.ts'
import type { FacetCounts, Summary } from '../../shared/dashboard-api.ts'
import { facetOf, panelFacets, labelOf, type FacetName } from '../../shared/facets.ts'
import { formatCount, formatDuration, readSeconds } from '../../shared/format.ts'
import { Icon } from '../icons.tsx'
import { resetFilters, setUrl } from '../use-view.ts'
import { isFiltered, type View } from '../view.ts'
import { BoundsFilter } from './bounds-filter.tsx'
import { MetricFilters } from './metric-filters.tsx'

const shown = 6

interface FacetProps {
  name: FacetName
  counts: FacetCounts
  choice: Choice
}

interface ValueProps {
  name: FacetName
  value: string
  count: number
  /** The largest count of the facet. */
  most: number
  choice: Choice
}

function FacetValue({ name, value, count, most, choice }: ValueProps) {
  const label = labelOf(name, value)
  const isListed = choice.values.includes(value)
  const isExcluded = isListed && choice.isExcluded
  const set = (next: Choice): void => setUrl({ [name]: writeChoice(next) })
  return (
    <li className={isExcluded ? 'facet-value excluded' : 'facet-value'}>
      <label title={label}>
        <input
          type="checkbox"
          checked={isListed && !choice.isExcluded}
          onChange={() =>
            set(toggleValue(choice.isExcluded ? { values: [], isExcluded: false } : choice, value))
          }
        />
        <span className="label" dir="auto">
          {label}
        </span>
        <span className="count">{formatCount(count)}</span>
      </label>
      <button
        type="button"
        className="quiet"
        aria-pressed={isExcluded}
        aria-label={`Exclude ${label}`}
        title={isExcluded ? 'Excluded; include again' : 'Exclude'}
        onClick={() => set(isExcluded ? toggleValue(choice, value) : excludeValue(choice, value))}
      >
        <Icon name="exclude" />
      </button>
      {count > 0 && <span className="bar" style={{ width: `${(count / most) * 100}%` }} />}
    </li>
  )
}

function FacetChoice({ name, counts, choice }: FacetProps) {
  const [isWhole, setWhole] = useState(false)
  const [search, setSearch] = useState('')
  const { values, distinct } = counts
  const { title } = facetOf(name)
  const needle = search.toLowerCase()
  const missing = choice.values.filter((value) => !values.some((one) => one.value === value))
  const listed = [...values, ...missing.map((value) => ({ value, count: 0 }))]
  const visible = listed.filter(({ value }, index) =>
    needle
      ? labelOf(name, value).toLowerCase().includes(needle)
      : isWhole || index < shown || choice.values.includes(value),
  )
  const most = Math.max(1, ...values.map(({ count }) => count))
  return (
    <fieldset className="facet">
      <legend>{title}</legend>
      {values.length > shown + 3 && (
        <input
          type="search"
          aria-label={`Find a value of ${title}`}
          placeholder="Find…"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      )}
      <ul>
        {visible.map(({ value, count }) => (
          <FacetValue key={value} {...{ name, value, count, most, choice }} />
        ))}
      </ul>
      {visible.length === 0 && <p className="note">No values</p>}
      {!needle && listed.length > shown && (
        <button type="button" className="quiet" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show ${listed.length - visible.length} more`}
        </button>
      )}
      {isWhole && distinct > values.length && (
        <p className="note">{formatCount(distinct - values.length)} more with fewer calls</p>
      )}
    </fieldset>
  )
}

interface PanelProps {
  summary: Summary
  view: View
  /** Which calls the counts are of. */
  note: string
}

/** All filters, with the number of calls of each value. */
export const FacetPanel = ({ summary, view, note }: PanelProps) => (
  <aside className="facets" aria-label="Filters">
    <header>
      <h2>Filters</h2>
      <button type="button" className="quiet" disabled={!isFiltered(view)} onClick={resetFilters}>
        Reset filters
      </button>
    </header>
    <p className="note">{note}</p>
    {panelFacets.map((name) => {
      const counts = summary.facets[name]
      return counts && <FacetChoice key={name} {...{ name, counts }} choice={view.facets[name]} />
    })}
    <BoundsFilter
      title="Duration"
      bounds={{ from: view.min, to: view.max }}
      read={readSeconds}
      format={formatDuration}
      hint="Use m:ss or seconds."
      placeholder="m:ss"
      onApply={({ from, to }) => setUrl({ min: from?.toString(), max: to?.toString() })}
    />
    <MetricFilters metrics={summary.metrics} chosen={view.metrics} />
  </aside>
)
