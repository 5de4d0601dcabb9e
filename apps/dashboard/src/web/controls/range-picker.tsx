import { fromWallTime, toWallTime } from '@cekura-kit/call-format'
import { useState } from 'react'
import type { RangeState } from '../../shared/dashboard-api.ts'
import { formatRange } from '../../shared/format.ts'
import { findRangeProblem, maxRangeDays, namedRanges } from '../../shared/ranges.ts'
import { rangeNames, type RangeName } from '../../shared/ranges.ts'
import { setUrl } from '../use-view.ts'
import type { View } from '../view.ts'
import { Button } from './button.tsx'
import { Field } from './fields.tsx'
import { Menu } from './menu.tsx'

/** A time as a `datetime-local` input shows it in a zone, and back. */
const toInput = (at: string, zone: string): string =>
  new Date(toWallTime(Date.parse(at), zone)).toISOString().slice(0, 16)
const fromInput = (text: string, zone: string): number => fromWallTime(Date.parse(`${text}Z`), zone)

export const showRange = (from: number, to: number): void =>
  setUrl({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    range: undefined,
  })
export const showNamedRange = (range: RangeName): void =>
  setUrl({ range, from: undefined, to: undefined })

/** A time range for the user. */
export const rangeLabel = ({ range, from, to, tz }: View): string =>
  from !== undefined && to !== undefined
    ? formatRange(from, to, tz, Date.now())
    : namedRanges[range].title

interface PickerProps {
  view: View
  range: RangeState | undefined
}

function CustomRange({ view: { tz }, range, onDone }: PickerProps & { onDone: () => void }) {
  const [from, setFrom] = useState(range ? toInput(range.from, tz) : '')
  const [to, setTo] = useState(range ? toInput(range.to, tz) : '')
  const start = fromInput(from, tz)
  const end = fromInput(to, tz)
  const mistake = findRangeProblem(start, end)
  return (
    <form
      className="custom-range"
      onSubmit={(event) => {
        event.preventDefault()
        onDone()
        showRange(start, end)
      }}
    >
      <Field label={`From (${tz})`} type="datetime-local" value={from} onChange={setFrom} />
      <Field label="To" type="datetime-local" value={to} onChange={setTo} />
      <p className="note" role="status">
        {mistake ?? ' '}
      </p>
      <button type="submit" className="primary" disabled={mistake !== undefined}>
        Apply
      </button>
    </form>
  )
}

/** The time range of everything on the page. */
export const RangePicker = ({ view, range }: PickerProps) => (
  <Menu icon="clock" label={rangeLabel(view)} title="Time range">
    {(close) => (
      <div className="range-picker">
        <ul>
          {rangeNames.map((name) => (
            <li key={name}>
              <Button
                aria-pressed={view.from === undefined && view.range === name}
                onClick={() => {
                  close()
                  showNamedRange(name)
                }}
              >
                {namedRanges[name].title}
              </Button>
            </li>
          ))}
        </ul>
        <CustomRange view={view} range={range} onDone={close} />
        <p className="note">Up to {maxRangeDays} days. Ranges over 30 days load more slowly.</p>
      </div>
    )}
  </Menu>
)
