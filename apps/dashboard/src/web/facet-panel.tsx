import type { FacetName, SummaryAnswer } from '../shared/dashboard-api.ts'
import { formatCount, formatWord } from './format.ts'
import { readList, setUrl, toggle } from './url-state.ts'

const titles: Record<FacetName, string> = {
  status: 'Status',
  reason: 'Ended because',
  topic: 'Topic',
  reviewed: 'Review',
}
const shown = 8

/** Choices with the number of calls behind each, in the calls that were read. */
export function FacetPanel({
  facets,
  url,
}: {
  facets: SummaryAnswer['facets']
  url: URLSearchParams
}) {
  const names = Object.keys(titles) as FacetName[]
  const isFiltered = [...names, 'q', 'min', 'max'].some((name) => url.has(name))
  const reset = (): void =>
    setUrl(Object.fromEntries([...names, 'q', 'min', 'max'].map((name) => [name, undefined])))
  return (
    <aside className="facets" aria-label="Filters">
      <button type="button" disabled={!isFiltered} onClick={reset}>
        Reset filters
      </button>
      {names.map((name) => {
        const chosen = readList(url, name)
        const values = facets[name]
        const most = Math.max(1, ...values.map(({ count }) => count))
        const visible = values.filter(({ value }, index) => index < shown || chosen.includes(value))
        return (
          <fieldset key={name}>
            <legend>{titles[name]}</legend>
            {visible.map(({ value, count }) => (
              <label key={value} title={formatWord(value)}>
                <input
                  type="checkbox"
                  checked={chosen.includes(value)}
                  onChange={() => toggle(url, name, value)}
                />
                <span className="value">{formatWord(value)}</span>
                <span className="count">{formatCount(count)}</span>
                <span className="bar" style={{ width: `${(count / most) * 100}%` }} />
              </label>
            ))}
            {values.length > visible.length && (
              <p className="note">and {values.length - visible.length} more; search for them</p>
            )}
          </fieldset>
        )
      })}
    </aside>
  )
}
