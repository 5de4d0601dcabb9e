import { useState } from 'react'
import type { Facet, FacetName, SummaryAnswer } from '../../shared/dashboard-api.ts'
import { formatCount, formatValue } from '../format.ts'
import { resetFilters, setUrl } from '../use-view.ts'
import { isFiltered, toggleValue, type View } from '../view.ts'
import { DurationFilter } from './duration-filter.tsx'
import { MetricFilters } from './metric-filters.tsx'

const titles: readonly (readonly [FacetName, string])[] = [
  ['status', 'Status'],
  ['reviewed', 'Review'],
  ['reason', 'Ended reason'],
  ['topic', 'Topic'],
]
const shown = 7

interface FacetProps {
  name: FacetName
  title: string
  facet: Facet
  chosen: readonly string[]
}

function FacetChoice({ name, title, facet, chosen }: FacetProps) {
  const [isWhole, setWhole] = useState(false)
  const [search, setSearch] = useState('')
  const { values, distinct } = facet
  const needle = search.toLowerCase()
  const missing = chosen.filter((value) => !values.some((one) => one.value === value))
  const listed = [...values, ...missing.map((value) => ({ value, count: 0 }))]
  const visible = listed.filter(({ value }, index) =>
    needle
      ? formatValue(name, value).toLowerCase().includes(needle)
      : isWhole || index < shown || chosen.includes(value),
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
      {visible.map(({ value, count }) => {
        const label = formatValue(name, value)
        return (
          <label key={value} title={label} className="facet-value">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={() => setUrl({ [name]: toggleValue(chosen, value) })}
            />
            <span className="label" dir="auto">
              {label}
            </span>
            <span className="count">{formatCount(count)}</span>
            {count > 0 && <span className="bar" style={{ width: `${(count / most) * 100}%` }} />}
          </label>
        )
      })}
      {visible.length === 0 && <p className="note">No value</p>}
      {!needle && listed.length > shown && (
        <button type="button" className="quiet" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show ${listed.length - visible.length} more`}
        </button>
      )}
      {isWhole && distinct > values.length && (
        <p className="note">and {formatCount(distinct - values.length)} rarer ones</p>
      )}
    </fieldset>
  )
}

interface PanelProps {
  summary: SummaryAnswer
  view: View
  /** What the counts are of. */
  counted: string
}

/** Everything the calls can be narrowed by, with how many calls are behind each choice. */
export function FacetPanel({ summary, view, counted }: PanelProps) {
  return (
    <aside className="facets" aria-label="Filters">
      <header>
        <h2>Filters</h2>
        <button type="button" className="quiet" disabled={!isFiltered(view)} onClick={resetFilters}>
          Reset filters
        </button>
      </header>
      <p className="note">{counted}</p>
      {titles.map(([name, title]) => (
        <FacetChoice
          key={name}
          name={name}
          title={title}
          facet={summary.facets[name]}
          chosen={view.facets[name]}
        />
      ))}
      <DurationFilter min={view.min} max={view.max} />
      <MetricFilters metrics={summary.metrics} chosen={view.metrics} />
    </aside>
  )
}
