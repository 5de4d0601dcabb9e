import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useRef, type KeyboardEvent, type RefObject } from 'react'

const pageRows = 15

const steps: Record<string, (active: number, last: number) => number> = {
  j: (active) => active + 1,
  ArrowDown: (active) => active + 1,
  k: (active) => active - 1,
  ArrowUp: (active) => active - 1,
  PageDown: (active) => active + pageRows,
  PageUp: (active) => active - pageRows,
  Home: () => 0,
  End: (_, last) => last,
}

/** Whether a key that is pressed anywhere on the page leads to the table. */
const isTableKey = ({ key, ctrlKey, metaKey, altKey, target }: globalThis.KeyboardEvent): boolean =>
  (key === 'j' || key === 'k') &&
  !(ctrlKey || metaKey || altKey) &&
  target instanceof HTMLElement &&
  !target.closest('input:not([type=checkbox], [type=radio]), select, dialog, [popover]')

interface ActiveRowOptions {
  scroller: RefObject<HTMLDivElement | null>
  virtual: Virtualizer<HTMLDivElement, Element>
  total: number
  active: number
  setActive: (index: number) => void
  /** Position of the open call. */
  openIndex: number | undefined
  /** The open call. */
  call: number | undefined
}

/** Moves the focus between rows by keyboard; the active row is the Tab stop of the table. */
export function useActiveRow(options: ActiveRowOptions): (event: KeyboardEvent) => void {
  const { scroller, virtual, total, active, setActive, openIndex, call } = options
  const isFocusing = useRef(false)
  const linkOf = (index: number): HTMLElement | null | undefined =>
    scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)
  const showOpen = useEffectEvent((index: number) => {
    setActive(index)
    virtual.scrollToIndex(index, { align: 'auto' })
  })
  useEffect(() => {
    if (openIndex !== undefined) showOpen(openIndex)
  }, [openIndex])
  const wasOpen = useRef(call)
  useEffect(() => {
    // The focus returns from a call that was closed.
    if (wasOpen.current !== undefined && call === undefined) linkOf(active)?.focus()
    wasOpen.current = call
  })
  useEffect(() => {
    if (!isFocusing.current) return
    const link = linkOf(active)
    // A distant row is loaded later.
    if (!link) return
    isFocusing.current = false
    link.focus()
  })
  const onPageKey = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (!isTableKey(event) || scroller.current?.contains(document.activeElement)) return
    event.preventDefault()
    linkOf(active)?.focus()
  })
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent): void => onPageKey(event)
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const index = Math.max(0, Math.min(total - 1, step(active, total - 1)))
    isFocusing.current = true
    setActive(index)
    virtual.scrollToIndex(index, { align: 'auto' })
  }
}
