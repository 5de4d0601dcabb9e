import type { Shown, ShownProps } from '../page.ts'
import { chooseColumns, listColumns } from '../table/columns.tsx'
import { useTheme, type Theme } from '../theme.ts'
import { resetUrl, setUrl } from '../use-view.ts'
import { Button } from './button.tsx'
import { Check, Choice } from './fields.tsx'
import { Menu } from './menu.tsx'

const themes: readonly (readonly [Theme, string])[] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

/** Which columns the table has. */
function ColumnChoice({ shown }: ShownProps) {
  const columns = listColumns(shown)
  const keysOf = (keys: string[] | undefined): string[] =>
    chooseColumns(columns, keys).map(({ key }) => key)
  const chosen = keysOf(shown.view.cols)
  const toggle = (key: string): void => {
    const next = columns
      .map((column) => column.key)
      .filter((other) => chosen.includes(other) !== (other === key))
      .join()
    setUrl({ cols: next === keysOf(undefined).join() ? undefined : next }, false)
  }
  return (
    <fieldset className="column-choice">
      <legend>Columns</legend>
      <div>
        {columns.map(({ key, title }, index) => (
          <Check
            key={key}
            label={title}
            checked={chosen.includes(key)}
            disabled={index === 0}
            onChange={() => toggle(key)}
          />
        ))}
      </div>
      <Button
        className="quiet"
        disabled={shown.view.cols === undefined}
        onClick={() => resetUrl(['cols'], false)}
      >
        Reset columns
      </Button>
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
