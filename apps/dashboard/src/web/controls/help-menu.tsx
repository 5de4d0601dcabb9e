import { Menu } from './menu.tsx'

const keys = [
  [['/'], 'Go to the search'],
  [['J', 'K'], 'Go to the table; next, previous call, also in an open call'],
  [['↓', '↑'], 'Next, previous call in the table'],
  [['Page Up', 'Page Down', 'Home', 'End'], 'Move further in the table'],
  [['Enter'], 'Open the call, or show the time or score chosen in a chart'],
  [['←', '→'], 'Move within a chart, with Shift select a range'],
  [['Esc'], 'Close what is open'],
  [['?'], 'This list'],
] as const

/** The keyboard shortcuts, opened by a button or `?`. */
export const HelpMenu = () => (
  <Menu icon="help" title="Keyboard shortcuts" label={null} shortcut="?">
    <dl className="help" tabIndex={0}>
      {keys.map(([names, what]) => (
        <div key={what}>
          <dt>
            {names.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  </Menu>
)
