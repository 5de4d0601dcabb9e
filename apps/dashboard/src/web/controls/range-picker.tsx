import { useState } from 'react'
import { dayMs, defaultRange, longestRangeDays, rangeNames } from '../../shared/dashboard-api.ts'
import type { RangeName, WindowState } from '../../shared/dashboard-api.ts'
import { formatRange, type Zone } from '../format.ts'
import { setUrl } from '../use-view.ts'
import type { TimeChoice } from '../view.ts'
import { Menu } from './menu.tsx'

const names: Record<RangeName, string> = {
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '14d': 'Last 14 days',
  '30d': 'Last 30 days',
}

/** An instant as a `datetime-local` input shows it in a zone, and back. */
function toInput(at: string, zone: Zone): string {
  const time = new Date(at)
  const shift = zone === 'UTC' ? 0 : time.getTimezoneOffset() * 60_000
  return new Date(time.getTime() - shift).toISOString().slice(0, 16)
}
function fromInput(text: string, zone: Zone): string | undefined {
  const time = new Date(zone === 'UTC' ? `${text}Z` : text)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}

export const showRange = (from: string, to: string): void => setUrl({ from, to, range: undefined })
export const showNamedRange = (range: RangeName): void =>
  setUrl({ range: range === defaultRange ? undefined : range, from: undefined, to: undefined })

function findMistake(from: string | undefined, to: string | undefined): string | undefined {
  if (from === undefined || to === undefined) return 'Give both ends.'
  const span = Date.parse(to) - Date.parse(from)
  if (span <= 0) return 'The end must be after the start.'
  if (span > longestRangeDays * dayMs) return `At most ${longestRangeDays} days.`
  return undefined
}

function CustomRange({ window, zone, onDone }: PickerProps & { onDone: () => void }) {
  const [from, setFrom] = useState(window ? toInput(window.from, zone) : '')
  const [to, setTo] = useState(window ? toInput(window.to, zone) : '')
  const start = fromInput(from, zone)
  const end = fromInput(to, zone)
  const mistake = findMistake(start, end)
  return (
    <form
      className="custom-range"
      onSubmit={(event) => {
        event.preventDefault()
        if (mistake || !start || !end) return
        onDone()
        showRange(start, end)
      }}
    >
      <label>
        From ({zone === 'UTC' ? 'UTC' : 'local time'})
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
        Show this range
      </button>
    </form>
  )
}

interface PickerProps {
  time: TimeChoice
  window: WindowState | undefined
  zone: Zone
}

/** The span of time that everything on the page speaks of. */
export function RangePicker(props: PickerProps) {
  const { time, zone } = props
  const label =
    'range' in time ? names[time.range] : formatRange(time.from, time.to, zone, Date.now())
  return (
    <Menu icon="clock" label={label} title="Time range">
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
                  {names[name]}
                </button>
              </li>
            ))}
          </ul>
          <CustomRange {...props} onDone={close} />
          <p className="note">
            Without a choice, the last 30 days. At most {longestRangeDays} days; longer than 30 are
            read in parts, because the service refuses longer ranges.
          </p>
        </div>
      )}
    </Menu>
  )
}
