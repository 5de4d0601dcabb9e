import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Check, Finder } from '../controls/fields.tsx'
import { Menu } from '../controls/menu.tsx'
import type { ShownProps } from '../page.ts'
import { resetUrl, setUrl } from '../use-view.ts'
import { listCharts, type Chart } from './chart-list.tsx'

interface PickerProps {
  charts: readonly Chart[]
  chosen: readonly string[]
}

function PickerPanel({ charts, chosen }: PickerProps) {
  const [search, setSearch] = useState('')
  const needle = search.toLowerCase()
  const toggle = (key: string): void => {
    const others = chosen.filter((other) => other !== key)
    const next = chosen.includes(key) ? others : [...chosen, key]
    setUrl({ charts: next.join() || 'off' }, false)
  }
  return (
    <div className="chart-picker">
      <Finder
        label="Find a chart"
        placeholder={`Find one of ${charts.length} charts`}
        value={search}
        onChange={setSearch}
      />
      <ul>
        {charts
          .filter(({ title }) => title.toLowerCase().includes(needle))
          .map(({ key, title }) => (
            <li key={key}>
              <Check label={title} checked={chosen.includes(key)} onChange={() => toggle(key)} />
            </li>
          ))}
      </ul>
      <Button className="quiet" onClick={() => resetUrl(['charts'], false)}>
        Reset charts
      </Button>
    </div>
  )
}

/** Which charts are shown, of all. */
export function ChartPicker({ shown }: ShownProps) {
  const charts = listCharts(shown.summary.metrics)
  return (
    <Menu icon="chart" label={`Charts (${charts.length})`} title="Charts">
      <PickerPanel charts={charts} chosen={shown.view.charts} />
    </Menu>
  )
}
