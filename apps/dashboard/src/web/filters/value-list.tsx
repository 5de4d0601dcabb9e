import { formatNumber, type ValueCount } from '@cekura-kit/call-format'
import { useState } from 'react'
import type { Condition } from '../condition.ts'
import { Button, IconButton } from '../controls/button.tsx'
import { Finder } from '../controls/fields.tsx'
import { setUrl } from '../use-view.ts'

const shortLength = 6

interface ValueProps {
  condition: Condition
  count: number
  /** The largest count of the list. */
  most: number
}

function Value({ condition, count, most }: ValueProps) {
  const { label, isChosen, toggle, exclusion } = condition
  return (
    <li className={exclusion?.isExcluded ? 'facet-value excluded' : 'facet-value'}>
      <label title={label}>
        <input type="checkbox" checked={isChosen} onChange={() => setUrl(toggle)} />
        <span className="label" dir="auto">
          {label}
        </span>
        <span className="count">{formatNumber(count)}</span>
      </label>
      {exclusion && (
        <IconButton
          icon="exclude"
          className="quiet"
          aria-pressed={exclusion.isExcluded}
          label={`Exclude ${label}`}
          title={exclusion.isExcluded ? 'Excluded; include again' : 'Exclude'}
          onClick={() => setUrl(exclusion.toggle)}
        />
      )}
      {count > 0 && <span className="bar" style={{ width: `${(count / most) * 100}%` }} />}
    </li>
  )
}

interface ListProps {
  title: string
  /** Most frequent first. */
  values: readonly ValueCount[]
  /** Number of values, including those that are not listed. */
  distinct: number
  /** Values that are chosen or excluded. */
  inUse: readonly string[]
  conditionOf: (value: string) => Condition
}

/** Values to filter by, with their numbers of calls. */
export function ValueList({ title, values, distinct, inUse, conditionOf }: ListProps) {
  const [isWhole, setWhole] = useState(false)
  const [search, setSearch] = useState('')
  const needle = search.toLowerCase()
  const missing = inUse.filter((value) => !values.some((one) => one.value === value))
  const listed = [...values, ...missing.map((value) => ({ value, count: 0 }))]
  const visible = listed.filter(({ value }, index) =>
    needle
      ? conditionOf(value).label.toLowerCase().includes(needle)
      : isWhole || index < shortLength || inUse.includes(value),
  )
  const most = Math.max(1, ...values.map(({ count }) => count))
  return (
    <fieldset className="facet">
      <legend title={title}>{title}</legend>
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
          <Value key={value} condition={conditionOf(value)} count={count} most={most} />
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
