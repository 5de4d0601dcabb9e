import { useEffect, useRef } from 'react'
import { Icon } from '../icons.tsx'

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

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, select, textarea')

/** The keyboard shortcuts, opened by a button or `?`. */
export function HelpButton() {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '?' || isTyping(event.target)) return
      event.preventDefault()
      if (!dialog.current?.open) dialog.current?.showModal()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <button
        type="button"
        className="quiet icon-only"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts"
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="help" />
      </button>
      <dialog ref={dialog} className="help" aria-label="Keyboard shortcuts">
        <h2>Keyboard</h2>
        <dl>
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
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  )
}
