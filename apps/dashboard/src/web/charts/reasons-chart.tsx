import { useState } from 'react'
import type { Facet } from '../../shared/dashboard-api.ts'
import { formatCount, formatShare, formatValue } from '../format.ts'
import { setUrl } from '../use-view.ts'
import { toggleValue } from '../view.ts'
import { BarList } from './bar-list.tsx'
import { ChartCard } from './chart-card.tsx'

const shown = 8

/** Why calls ended, most frequent first; what comes after the eighth is gathered as other. */
export function ReasonsChart({ facet, chosen }: { facet: Facet; chosen: readonly string[] }) {
  const [isWhole, setWhole] = useState(false)
  const { values, distinct, rest } = facet
  const whole = values.reduce((sum, { count }) => sum + count, 0) + rest
  const visible = values.filter(
    ({ value }, index) => isWhole || index < shown || chosen.includes(value),
  )
  const others = whole - visible.reduce((sum, { count }) => sum + count, 0)
  return (
    <ChartCard
      title="Ended reasons"
      unit="calls"
      table={{
        head: ['Reason', 'Calls', 'Share'],
        rows: values.map(({ value, count }) => [
          formatValue('reason', value),
          formatCount(count),
          formatShare(count, whole),
        ]),
      }}
    >
      {whole === 0 ? (
        <p className="empty">No calls</p>
      ) : (
        <div className="bar-scroll">
          <BarList
            items={visible.map(({ value, count }) => ({
              key: value,
              label: formatValue('reason', value),
              count,
              isChosen: chosen.includes(value),
            }))}
            whole={whole}
            onToggle={(value) => setUrl({ reason: toggleValue(chosen, value) })}
          />
          {values.length > shown && (
            <button type="button" className="quiet other" onClick={() => setWhole(!isWhole)}>
              {isWhole
                ? 'Show fewer'
                : `Other: ${formatCount(others)} calls, ${distinct - visible.length} reasons`}
            </button>
          )}
        </div>
      )}
    </ChartCard>
  )
}
