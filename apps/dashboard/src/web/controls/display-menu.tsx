import type { TableColumn } from '../table/columns.tsx'
import { chooseColumns } from '../table/columns.tsx'
import { useTheme, type Theme } from '../theme.ts'
import { setUrl } from '../use-view.ts'
import type { View } from '../view.ts'
import { Choice, Menu } from './menu.tsx'

const themes: readonly (readonly [Theme, string])[] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

/** Which columns the table has. */
export function ColumnChoice({ columns, view }: { columns: readonly TableColumn[]; view: View }) {
  const chosen = new Set(chooseColumns(columns, view.columns).map(({ key }) => key))
  const defaults = chooseColumns(columns, undefined).map(({ key }) => key)
  const toggle = (key: string): void => {
    const next = columns
      .map((column) => column.key)
      .filter((other) => (other === key ? !chosen.has(key) : chosen.has(other)))
    setUrl({ cols: next.join() === defaults.join() ? undefined : next.join() }, false)
  }
  return (
    <fieldset className="column-choice">
      <legend>Columns</legend>
      <div>
        {columns.map(({ key, title }, index) => (
          <label key={key} title={title} className="check">
            <input
              type="checkbox"
              checked={chosen.has(key)}
              disabled={index === 0}
              onChange={() => toggle(key)}
            />
            <span className="label">{title}</span>
          </label>
        ))}
      </div>
      <button
        type="button"
        className="quiet"
        disabled={view.columns === undefined}
        onClick={() => setUrl({ cols: undefined }, false)}
      >
        Reset columns
      </button>
    </fieldset>
  )
}

interface DisplayMenuProps {
  /** Receives the place for the choice of columns while the menu is open. */
  onSlot: (slot: HTMLElement | null) => void
}

/** Theme and columns. */
export function DisplayMenu({ onSlot }: DisplayMenuProps) {
  const [theme, setTheme] = useTheme()
  return (
    <Menu icon="sliders" label="Display" title="Display">
      {() => (
        <div className="display-menu">
          <Choice
            legend="Theme"
            name="theme"
            value={theme}
            options={themes}
            onChange={(next) => setTheme(next)}
          />
          <div ref={onSlot} className="slot" />
        </div>
      )}
    </Menu>
  )
}
