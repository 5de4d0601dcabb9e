import { formatNumber, formatSeconds } from '@cekura-kit/call-format'
import { useState } from 'react'
import { excludeValue, toggleValue, writeChoice } from '../../shared/choice.ts'
import type { FacetCounts } from '../../shared/dashboard-api.ts'
import { facetOf, panelFacets, labelOf, type FacetName } from '../../shared/facets.ts'
import { readSeconds } from '../../shared/format.ts'
import { facetCondition } from '../condition.ts'
import { Button, IconButton } from '../controls/button.tsx'
import { Finder } from '../controls/fields.tsx'
import type { ShownProps } from '../page.ts'
import { resetFilters, setUrl } from '../use-view.ts'
import { isFiltered, type View } from '../view.ts'
import { BoundsFilter } from './bounds-filter.tsx'
import { MetricFilters } from './metric-filters.tsx'
import { ValueCheck } from './value-check.tsx'

const shortLength = 6

interface FacetProps {
  name: FacetName
  counts: FacetCounts
  view: View
}

interface ValueProps {
  name: FacetName
  value: string
  count: number
  most: number
  view: View
}

function FacetValue({ name, value, view, ...counts }: ValueProps) {
  const choice = view[name]
  const { label, isChosen, toggle } = facetCondition(view, name, value)
  const isExcluded = choice.isExcluded && choice.values.includes(value)
  const next = isExcluded ? toggleValue(choice, value) : excludeValue(choice, value)
  return (
    <ValueCheck {...{ label, isChosen, isExcluded, ...counts }} onToggle={() => setUrl(toggle)}>
      <IconButton
        icon="exclude"
        className="quiet"
        aria-pressed={isExcluded}
        label={`Exclude ${label}`}
        title={isExcluded ? 'Excluded; include again' : 'Exclude'}
        onClick={() => setUrl({ [name]: writeChoice(next) })}
      />
    </ValueCheck>
  )
}

function FacetChoice({ name, counts: { values, distinct }, view }: FacetProps) {
  const [isWhole, setWhole] = useState(false)
  const [search, setSearch] = useState('')
  const { title } = facetOf(name)
  const chosen = view[name].values
  const needle = search.toLowerCase()
  const missing = chosen.filter((value) => !values.some((one) => one.value === value))
  const listed = [...values, ...missing.map((value) => ({ value, count: 0 }))]
  const visible = listed.filter(({ value }, index) =>
    needle
      ? labelOf(name, value).toLowerCase().includes(needle)
      : isWhole || index < shortLength || chosen.includes(value),
  )
  const most = Math.max(1, ...values.map(({ count }) => count))
  return (
    <fieldset className="facet">
      <legend>{title}</legend>
      {values.length > shortLength + 3 && (
        <Finder
          label={`Find a value of ${title}`}
          placeholder="Find…"
          value={search}
          onChange={setSearch}
        />
      )}
      <ul>
        {visible.map(({ value, count }) => (
          <FacetValue key={value} {...{ name, value, count, most, view }} />
        ))}
      </ul>
      {visible.length === 0 && <p className="note">No values</p>}
      {!needle && listed.length > shortLength && (
        <Button className="quiet" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show ${listed.length - visible.length} more`}
        </Button>
      )}
      {isWhole && distinct > values.length && (
        <p className="note">{formatNumber(distinct - values.length)} more with fewer calls</p>
      )}
    </fieldset>
  )
}

/** All filters, with the number of calls of each value. */
export const FacetPanel = ({ shown: { summary, view, range } }: ShownProps) => (
  <aside className="facets" aria-label="Filters">
    <header>
      <h2>Filters</h2>
      <Button className="quiet" disabled={!isFiltered(view)} onClick={resetFilters}>
        Reset filters
      </Button>
    </header>
    <p className="note">
      Counts are of {range.isPart ? 'the newest' : 'all'} {formatNumber(summary.rangeCalls)} calls
      {range.state === 'loading' && ' so far'}.
    </p>
    {panelFacets.map((name) => {
      const counts = summary.facets[name]
      return counts && <FacetChoice key={name} {...{ name, counts, view }} />
    })}
    <BoundsFilter
      title="Duration"
      bounds={{ from: view.min, to: view.max }}
      read={readSeconds}
      format={formatSeconds}
      hint="Use m:ss or seconds."
      placeholder="m:ss"
      onApply={({ from, to }) => setUrl({ min: from?.toString(), max: to?.toString() })}
    />
    <MetricFilters metrics={summary.metrics} view={view} />
  </aside>
)
