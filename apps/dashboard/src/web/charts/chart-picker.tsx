import { CheckList } from '../controls/check-list.tsx'
import { Menu } from '../controls/menu.tsx'
import type { ShownProps } from '../page.ts'
import { resetUrl, setUrl } from '../use-view.ts'
import { listCharts } from './chart-list.tsx'

/** Which charts are shown, of all. */
export function ChartPicker({ shown }: ShownProps) {
  const charts = listCharts(shown.summary.metrics)
  return (
    <Menu icon="chart" label={`Charts (${charts.length})`} title="Charts">
      <CheckList
        what="charts"
        items={charts}
        chosen={shown.view.charts}
        onChange={(keys) => setUrl({ charts: keys.join() || 'off' }, false)}
        onReset={() => resetUrl(['charts'], false)}
      />
    </Menu>
  )
}
