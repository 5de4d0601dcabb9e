import { useState, type ReactNode } from 'react'
import { defaultSort } from '../../shared/columns.ts'
import type { RangeState } from '../../shared/dashboard-api.ts'
import { formatCount } from '../../shared/format.ts'
import { Icon } from '../icons.tsx'
import { useNow } from '../use-media.ts'
import { setUrl } from '../use-view.ts'
import { localZone, type View } from '../view.ts'
import type { TableColumn } from './columns.tsx'

interface ToolsProps {
  calls: number
  rangeCalls: number
  range: RangeState
  view: View
  columns: readonly TableColumn[]
  isNarrow: boolean
  onReload: () => Promise<void>
  children: ReactNode
}

const minuteMs = 60_000

/** How old the calls are, and a button that loads them again. */
function Age({ range, onReload }: Pick<ToolsProps, 'range' | 'onReload'>) {
  const now = useNow(minuteMs / 2)
  const [isBusy, setBusy] = useState(false)
  const minutes = Math.floor((now - Date.parse(range.readAt)) / minuteMs)
  return (
    <span className="age">
      {minutes > 0 && <span>Updated {minutes} min ago</span>}
      <button
        type="button"
        className="quiet"
        disabled={isBusy || range.state === 'loading'}
        title="Load all calls of this range again"
        onClick={() => {
          setBusy(true)
          void onReload().finally(() => setBusy(false))
        }}
      >
        <Icon name="reload" /> Refresh
      </button>
    </span>
  )
}

function SortChoice({ view, columns }: Pick<ToolsProps, 'view' | 'columns'>) {
  return (
    <label>
      Sort by
      <select
        value={view.sort}
        onChange={({ target }) =>
          setUrl({ sort: target.value === defaultSort ? undefined : target.value })
        }
      >
        {columns.flatMap(({ title, sort }) =>
          sort === undefined
            ? []
            : [
                <option key={`-${sort}`} value={`-${sort}`}>
                  {title}, descending
                </option>,
                <option key={sort} value={sort}>
                  {title}, ascending
                </option>,
              ],
        )}
      </select>
    </label>
  )
}

/** The number of calls, and the settings of the table. */
export function TableTools(props: ToolsProps) {
  const { calls, rangeCalls, range, view, columns, isNarrow, onReload, children } = props
  const zones = [...new Set(['UTC', localZone, view.zone])]
  return (
    <div className="table-tools">
      <p aria-live="polite">
        {formatCount(calls)} of {formatCount(rangeCalls)} calls
        {range.state === 'loading' && ' so far'}
      </p>
      {isNarrow && <SortChoice view={view} columns={columns} />}
      <Age range={range} onReload={onReload} />
      <label>
        Times in
        <select
          value={view.zone}
          onChange={({ target }) =>
            setUrl({ tz: target.value === 'UTC' ? undefined : target.value }, false)
          }
        >
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </select>
      </label>
      {children}
    </div>
  )
}
