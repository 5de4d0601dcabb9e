import { useId, useRef, useState, type ReactNode } from 'react'
import { Icon, type IconName } from '../icons.tsx'

interface MenuProps {
  icon?: IconName
  /** On the button. */
  label: ReactNode
  /** Name of the panel. */
  title: string
  children: (close: () => void) => ReactNode
}

/** A button and the panel that it opens; Escape and a click outside close it. */
export function Menu({ icon, label, title, children }: MenuProps) {
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="menu-button"
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
      >
        {icon && <Icon name={icon} />}
        <span className="menu-label">{label}</span>
        <Icon name="down" />
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={title}
        className="menu"
        // The content is there before the focus can move to it, and until the focus has returned.
        onBeforeToggle={({ newState }) => newState === 'open' && setOpen(true)}
        onToggle={({ newState }) => newState === 'closed' && setOpen(false)}
      >
        {isOpen && children(() => panel.current?.hidePopover())}
      </div>
    </>
  )
}

interface ChoiceProps<Value extends string> {
  legend: string
  name: string
  value: Value
  options: readonly (readonly [value: Value, label: string])[]
  onChange: (value: Value) => void
}

/** One of a few, side by side. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { legend, name, value, options, onChange } = props
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      <div>
        {options.map(([key, label]) => (
          <label key={key}>
            <input
              type="radio"
              name={name}
              value={key}
              checked={key === value}
              onChange={() => onChange(key)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
