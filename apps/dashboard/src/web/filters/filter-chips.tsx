import { formatSeconds } from '@cekura-kit/call-format'
import { toggleValue, writeChoice } from '../../shared/choice.ts'
import { facetNames, facetOf, labelOf } from '../../shared/facets.ts'
import { describeBounds, metricCondition } from '../condition.ts'
import { Button } from '../controls/button.tsx'
import { rangeLabel } from '../controls/range-picker.tsx'
import { Icon } from '../icons.tsx'
import type { Shown, ShownProps } from '../page.ts'
import { setUrl, type UrlChange } from '../use-view.ts'

interface Chip {
  name: string
  value: string
  /** Removes the filter. */
  change: UrlChange
}

function listChips({ view, summary: { metrics } }: Shown): Chip[] {
  const { min, max, from } = view
  const q = view.q.trim()
  const facets = facetNames.flatMap((name) =>
    view[name].values.map((value) => ({
      name: facetOf(name).title + (view[name].isExcluded ? ' not' : ''),
      value: labelOf(name, value),
      change: { [name]: writeChoice(toggleValue(view[name], value)) },
    })),
  )
  const scores = view.metric.map((filter) => {
    const { label, toggle } = metricCondition(view, filter)
    const name = metrics.find(({ id }) => id === filter.id)?.name ?? `Metric ${filter.id}`
    return { name, value: label, change: toggle }
  })
  const others: (Chip | false)[] = [
    from !== undefined && {
      name: 'Time',
      value: rangeLabel(view),
      change: { from: undefined, to: undefined },
    },
    ...facets,
    (min ?? max) !== undefined && {
      name: 'Duration',
      value: describeBounds({ from: min ?? 0, to: max ?? Infinity }, formatSeconds),
      change: { min: undefined, max: undefined },
    },
    ...scores,
    q !== '' && { name: 'Search', value: q, change: { q: undefined } },
  ]
  return others.filter((chip) => chip !== false)
}

/** The filters in effect; a click removes one. */
export function FilterChips({ shown }: ShownProps) {
  const chips = listChips(shown)
  if (chips.length === 0) return null
  return (
    <ul className="chips" aria-label="Filters in effect">
      {chips.map(({ name, value, change }) => (
        <li key={`${name} ${value}`}>
          <Button onClick={() => setUrl(change)}>
            <span className="visually-hidden">Remove </span>
            <span className="name">{name}</span>{' '}
            <span className="value" dir="auto">
              {value}
            </span>
            <Icon name="cross" />
          </Button>
        </li>
      ))}
    </ul>
  )
}
