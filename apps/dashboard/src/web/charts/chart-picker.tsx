import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Check, Finder } from '../controls/fields.tsx'
import { Menu } from '../controls/menu.tsx'
import type { ShownProps } from '../page.ts'
import { resetUrl, setUrl } from '../use-view.ts'
import { listCharts } from './chart-list.tsx'

/** Which charts are shown, of all. */
export function ChartPicker({ shown }: ShownProps) {
  const [search, setSearch] = useState('')
  const charts = listCharts(shown.summary.metrics)
  const chosen = shown.view.charts
  const found = charts.filter(({ title }) => title.toLowerCase().includes(search.toLowerCase()))
  const toggle = (key: string): void => {
    const others = chosen.filter((other) => other !== key)
    const next = chosen.includes(key) ? others : [...chosen, key]
    setUrl({ charts: next.join() || 'off' }, false)
  }
  return (
    <Menu icon="chart" label={`Charts (${charts.length})`} title="Charts">
      <div className="chart-picker">
        <Finder
          label="Find a chart"
          placeholder={`Find one of ${charts.length} charts`}
          value={search}
          onChange={setSearch}
        />
        <ul>
          {found.map(({ key, title }) => (
            <li key={key}>
              <Check label={title} checked={chosen.includes(key)} onChange={() => toggle(key)} />
            </li>
          ))}
        </ul>
        <Button className="quiet" onClick={() => resetUrl(['charts'], false)}>
          Reset charts
        </Button>
      </div>
    </Menu>
  )
}
