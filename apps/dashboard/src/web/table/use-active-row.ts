import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useRef, type KeyboardEvent, type RefObject } from 'react'
import type { Shown } from '../page.ts'
import { useKeys } from '../use-keys.ts'
import { usePlace } from '../use-place.ts'

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

interface ActiveRowOptions {
  shown: Shown
  scroller: RefObject<HTMLDivElement | null>
  virtual: Virtualizer<HTMLDivElement, Element>
  active: number
  setActive: (index: number) => void
}

/** Moves the focus between rows by keyboard; the active row is the Tab stop of the table. */
export function useActiveRow(options: ActiveRowOptions): (event: KeyboardEvent) => void {
  const { shown, scroller, virtual, active, setActive } = options
  const { call } = shown.view
  const openIndex = usePlace(shown)?.index ?? undefined
  const isFocusing = useRef(false)
  const activeLink = (): HTMLElement | null | undefined =>
    scroller.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)
  const show = (index: number): void => {
    setActive(index)
    virtual.scrollToIndex(index, { align: 'auto' })
  }
  const showOpen = useEffectEvent(show)
  useEffect(() => {
    if (openIndex !== undefined) showOpen(openIndex)
  }, [openIndex])
  const wasOpen = useRef(call)
  useEffect(() => {
    // The focus returns from a call that was closed.
    if (wasOpen.current !== undefined && call === undefined) isFocusing.current = true
    wasOpen.current = call
    const link = activeLink()
    // A distant row is loaded later.
    if (!isFocusing.current || !link) return
    isFocusing.current = false
    link.focus()
  })
  const focusActive = (): void => activeLink()?.focus()
  useKeys({ j: focusActive, k: focusActive })
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const last = shown.summary.now.calls - 1
    isFocusing.current = true
    show(Math.max(0, Math.min(last, step(active, last))))
  }
}
