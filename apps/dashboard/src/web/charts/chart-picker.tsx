import { useState } from 'react'
import { Menu } from '../controls/menu.tsx'
import { setUrl } from '../use-view.ts'
import { defaultCharts } from '../view.ts'
import type { Chart } from './chart-list.tsx'

interface PickerProps {
  charts: readonly Chart[]
  chosen: readonly string[]
}

const writeCharts = (keys: readonly string[]): string | undefined =>
  keys.join() === defaultCharts.join() ? undefined : keys.join() || 'off'

function PickerPanel({ charts, chosen }: PickerProps) {
  const [search, setSearch] = useState('')
  const needle = search.toLowerCase()
  const toggle = (key: string): void =>
    setUrl(
      {
        charts: writeCharts(
          chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key],
        ),
      },
      false,
    )
  return (
    <div className="chart-picker">
      <input
        type="search"
        aria-label="Find a chart"
        placeholder={`Find one of ${charts.length} charts`}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <ul>
        {charts
          .filter(({ title }) => title.toLowerCase().includes(needle))
          .map(({ key, title }) => (
            <li key={key}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={chosen.includes(key)}
                  onChange={() => toggle(key)}
                />
                <span className="label">{title}</span>
              </label>
            </li>
          ))}
      </ul>
      <button type="button" className="quiet" onClick={() => setUrl({ charts: undefined }, false)}>
        Reset charts
      </button>
    </div>
  )
}

/** Which charts are shown, of all. */
export const ChartPicker = (props: PickerProps) => (
  <Menu icon="chart" label={`Charts (${props.charts.length})`} title="Charts">
    {() => <PickerPanel {...props} />}
  </Menu>
)
