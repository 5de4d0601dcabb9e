import type { Shown, ShownProps } from '../page.ts'
import { chooseColumns, listColumns } from '../table/columns.tsx'
import { useTheme, type Theme } from '../theme.ts'
import { resetUrl, setUrl } from '../use-view.ts'
import { CheckList } from './check-list.tsx'
import { Choice } from './fields.tsx'
import { Menu } from './menu.tsx'

const themes: readonly (readonly [Theme, string])[] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

/** Which columns the table has. */
function ColumnChoice({ shown }: ShownProps) {
  const columns = listColumns(shown)
  const keysOf = (keys?: readonly string[]): string[] =>
    chooseColumns(columns, keys).map(({ key }) => key)
  const choose = (keys: readonly string[]): void => {
    const cols = keysOf(keys).join()
    setUrl({ cols: cols === keysOf().join() ? undefined : cols }, false)
  }
  return (
    <fieldset>
      <legend>Columns</legend>
      <CheckList
        what="columns"
        items={columns}
        chosen={keysOf(shown.view.cols)}
        fixed={columns[0]?.key}
        onChange={choose}
        onReset={() => resetUrl(['cols'], false)}
      />
    </fieldset>
  )
}

/** Theme and columns. */
export function DisplayMenu({ shown }: { shown: Shown | undefined }) {
  const [theme, setTheme] = useTheme()
  return (
    <Menu icon="sliders" title="Display">
      <div>
        <Choice legend="Theme" value={theme} options={themes} onChange={setTheme} />
        {shown && <ColumnChoice shown={shown} />}
      </div>
    </Menu>
  )
}
