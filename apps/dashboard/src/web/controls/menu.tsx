import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { Icon, type IconName } from '../icons.tsx'

const gap = 6
const edge = 8

interface MenuProps {
  icon?: IconName
  /** What the button says. */
  label: ReactNode
  /** What the panel is called. */
  title: string
  children: (close: () => void) => ReactNode
}

/** A button and the panel it opens; Escape and a click elsewhere close it. */
export function Menu({ icon, label, title, children }: MenuProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (!isOpen) return undefined
    const place = (): void => {
      const anchor = button.current!.getBoundingClientRect()
      const { style, offsetWidth } = panel.current!
      const most = document.documentElement.clientWidth - offsetWidth - edge
      style.left = `${Math.max(edge, Math.min(anchor.left, most))}px`
      style.top = `${anchor.bottom + gap}px`
      style.maxHeight = `calc(100dvh - ${anchor.bottom + gap + edge}px)`
    }
    place()
    addEventListener('resize', place)
    addEventListener('scroll', place)
    return () => {
      removeEventListener('resize', place)
      removeEventListener('scroll', place)
    }
  }, [isOpen])
  return (
    <>
      <button
        ref={button}
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
        onToggle={(event) => setOpen(event.newState === 'open')}
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
