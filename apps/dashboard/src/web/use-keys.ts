import { useEffect, useEffectEvent } from 'react'

const fields = 'input:not([type=checkbox], [type=radio]), select'

/**
 * Actions by keys that are pressed anywhere on the page, but not in a field or an open menu.
 *
 * @param isFirst Whether they precede what the focused part of the page does with a key.
 */
export function useKeys(actions: Readonly<Record<string, () => void>>, isFirst = false): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { key, target, ctrlKey, metaKey, altKey, defaultPrevented } = event
    const action = actions[key]
    if (!action || ctrlKey || metaKey || altKey || defaultPrevented) return
    if (target instanceof Element && target.matches(fields)) return
    if (document.querySelector(':popover-open')) return
    event.preventDefault()
    event.stopPropagation()
    action()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event)
    addEventListener('keydown', listener, isFirst)
    return () => removeEventListener('keydown', listener, isFirst)
  }, [isFirst])
}
