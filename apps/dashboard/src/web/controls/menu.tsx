import { useId, useRef, useState, type ReactNode } from 'react'
import { Icon, type IconName } from '../icons.tsx'
import { useKeys } from '../use-keys.ts'
import { Button } from './button.tsx'

interface MenuProps {
  icon: IconName
  /** Name of the button and of the panel. */
  title: string
  /** On the button, if that is not its title; null for a button with an icon alone. */
  label?: string | null
  /** A key that opens the panel. */
  shortcut?: string
  children: ReactNode | ((close: () => void) => ReactNode)
}

/** A button and the panel that it opens; Escape and a click outside close it. */
export function Menu({ icon, title, label = title, shortcut, children }: MenuProps) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  useKeys(shortcut === undefined ? {} : { [shortcut]: () => button.current?.click() })
  const close = (): void => panel.current?.hidePopover()
  return (
    <>
      <Button
        ref={button}
        icon={icon}
        className={label === null ? 'quiet icon-only' : 'menu-button'}
        {...(label === null && { 'aria-label': title, title })}
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
      >
        {label !== null && (
          <>
            <span className="menu-label">{label}</span>
            <Icon name="down" />
          </>
        )}
      </Button>
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
        {isOpen && (typeof children === 'function' ? children(close) : children)}
      </div>
    </>
  )
}
