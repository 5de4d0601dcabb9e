import { fromWallTime, toWallTime } from '@cekura-kit/call-format'
import { useState } from 'react'
import type { RangeState } from '../../shared/dashboard-api.ts'
import { formatRange } from '../../shared/format.ts'
import { defaultRange, findRangeProblem, maxRangeDays } from '../../shared/ranges.ts'
import { namedRanges, rangeNames, type RangeName } from '../../shared/ranges.ts'
import { setUrl } from '../use-view.ts'
import type { TimeChoice } from '../view.ts'
import { Menu } from './menu.tsx'

/** A time as a `datetime-local` input shows it in a zone, and back. */
const toInput = (at: string, zone: string): string =>
  new Date(toWallTime(Date.parse(at), zone)).toISOString().slice(0, 16)
const fromInput = (text: string, zone: string): number => fromWallTime(Date.parse(`${text}Z`), zone)

export const showRange = (from: string, to: string): void => setUrl({ from, to, range: undefined })
export const showNamedRange = (range: RangeName): void =>
  setUrl({ range: range === defaultRange ? undefined : range, from: undefined, to: undefined })

/** A time range for the user. */
export const rangeLabel = (time: TimeChoice, zone: string): string =>
  'range' in time
    ? namedRanges[time.range].title
    : formatRange(time.from, time.to, zone, Date.now())

interface PickerProps {
  time: TimeChoice
  range: RangeState | undefined
  zone: string
}

function CustomRange({ range, zone, onDone }: PickerProps & { onDone: () => void }) {
  const [from, setFrom] = useState(range ? toInput(range.from, zone) : '')
  const [to, setTo] = useState(range ? toInput(range.to, zone) : '')
  const start = fromInput(from, zone)
  const end = fromInput(to, zone)
  const mistake = findRangeProblem(start, end)
  return (
    <form
      className="custom-range"
      onSubmit={(event) => {
        event.preventDefault()
        if (mistake) return
        onDone()
        showRange(new Date(start).toISOString(), new Date(end).toISOString())
      }}
    >
      <label>
        From ({zone})
        <input
          type="datetime-local"
          value={from}
          onChange={({ target }) => setFrom(target.value)}
        />
      </label>
      <label>
        To
        <input type="datetime-local" value={to} onChange={({ target }) => setTo(target.value)} />
      </label>
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
export function RangePicker(props: PickerProps) {
  const { time, zone } = props
  return (
    <Menu icon="clock" label={rangeLabel(time, zone)} title="Time range">
      {(close) => (
        <div className="range-picker">
          <ul>
            {rangeNames.map((name) => (
              <li key={name}>
                <button
                  type="button"
                  aria-pressed={'range' in time && time.range === name}
                  onClick={() => {
                    close()
                    showNamedRange(name)
                  }}
                >
                  {namedRanges[name].title}
                </button>
              </li>
            ))}
          </ul>
          <CustomRange {...props} onDone={close} />
          <p className="note">Up to {maxRangeDays} days. Ranges over 30 days load more slowly.</p>
        </div>
      )}
    </Menu>
  )
}
