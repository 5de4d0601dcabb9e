import { formatCount } from '../format.ts'
import { setUrl } from '../use-view.ts'
import type { View } from '../view.ts'
import type { Column } from './columns.tsx'

interface ToolsProps {
  calls: number
  windowCalls: number
  view: View
  columns: readonly Column[]
  isNarrow: boolean
}

/** How many calls are left, and what is set where the table is read. */
export function TableTools({ calls, windowCalls, view, columns, isNarrow }: ToolsProps) {
  return (
    <div className="table-tools">
      <p aria-live="polite">
        {formatCount(calls)} of {formatCount(windowCalls)} calls
      </p>
      {isNarrow && (
        <label>
          Sort by
          <select
            value={view.sort}
            onChange={({ target }) =>
              setUrl({ sort: target.value === '-timestamp' ? undefined : target.value })
            }
          >
            {columns.flatMap(({ key, title, sort }) =>
              sort
                ? [
                    <option key={`-${key}`} value={`-${sort}`}>
                      {title}, descending
                    </option>,
                    <option key={key} value={sort}>
                      {title}, ascending
                    </option>,
                  ]
                : [],
            )}
          </select>
        </label>
      )}
      <label>
        Times in
        <select
          value={view.zone}
          onChange={({ target }) =>
            setUrl({ tz: target.value === 'UTC' ? undefined : target.value }, false)
          }
        >
          <option value="UTC">UTC</option>
          <option value="local">local time</option>
        </select>
      </label>
    </div>
  )
}
