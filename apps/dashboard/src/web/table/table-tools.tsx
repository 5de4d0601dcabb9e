import { formatNumber } from '@cekura-kit/call-format'
import { useState } from 'react'
import { ChartPicker } from '../charts/chart-picker.tsx'
import { Button } from '../controls/button.tsx'
import { Select } from '../controls/fields.tsx'
import type { ShownProps } from '../page.ts'
import { useNarrow, useNow } from '../use-media.ts'
import { setUrl } from '../use-view.ts'
import { localZone } from '../view.ts'
import { listColumns } from './columns.tsx'

const minuteMs = 60_000

/** How old the calls are, and a button that loads them again. */
function Age({ shown: { range, reload } }: ShownProps) {
  const now = useNow(minuteMs / 2)
  const [isBusy, setBusy] = useState(false)
  const minutes = Math.floor((now - Date.parse(range.readAt)) / minuteMs)
  return (
    <span className="age">
      {minutes > 0 && <span>Updated {minutes} min ago</span>}
      <Button
        icon="reload"
        className="quiet"
        disabled={isBusy || range.state === 'loading'}
        title="Load all calls of this range again"
        onClick={() => {
          setBusy(true)
          void reload().finally(() => setBusy(false))
        }}
      >
        Refresh
      </Button>
    </span>
  )
}

/** The sort order, where the table has no header. */
const SortChoice = ({ shown }: ShownProps) => (
  <label>
    Sort by
    <Select
      value={shown.view.sort}
      options={listColumns(shown).flatMap(({ title, sort }) =>
        sort === undefined
          ? []
          : [[`-${sort}`, `${title}, descending`] as const, [sort, `${title}, ascending`] as const],
      )}
      onChange={(sort) => setUrl({ sort })}
    />
  </label>
)

/** The number of calls, and the settings of the table. */
export function TableTools({ shown }: ShownProps) {
  const { summary, range, view } = shown
  const isNarrow = useNarrow()
  const zones = [...new Set(['UTC', localZone, view.tz])]
  return (
    <div className="table-tools">
      <p aria-live="polite">
        {formatNumber(summary.now.calls)} of {formatNumber(summary.rangeCalls)} calls
        {range.state === 'loading' && ' so far'}
      </p>
      {isNarrow && <SortChoice shown={shown} />}
      <Age shown={shown} />
      <label>
        Times in
        <Select
          value={view.tz}
          options={zones.map((zone) => [zone, zone])}
          onChange={(tz) => setUrl({ tz }, false)}
        />
      </label>
      <ChartPicker shown={shown} />
    </div>
  )
}
