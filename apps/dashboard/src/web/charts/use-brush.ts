import { useState, type KeyboardEvent, type PointerEvent } from 'react'

/** The first and the last of several neighbors. */
export type Span = readonly [first: number, last: number]

/** Which of the neighbors is at or before a pointer. */
function indexAt({ currentTarget, clientX }: PointerEvent<SVGSVGElement>): number {
  const bars = [...currentTarget.querySelectorAll('[data-index]')]
  return Math.max(
    0,
    bars.findLastIndex((bar) => bar.getBoundingClientRect().left <= clientX),
  )
}

/**
 * Selects one of several neighbors, or adjacent ones: by a click or a drag; by arrow keys, with Shift
 * for several, Enter to apply and Escape to cancel.
 */
export function useBrush(count: number, onChoose: (span: Span) => void) {
  const [tabStop, setTabStop] = useState(count - 1)
  /** The one under the pointer or with the focus. */
  const [current, setCurrent] = useState<number>()
  /** Where a selection of several started. */
  const [anchor, setAnchor] = useState<number>()
  const active = Math.min(count - 1, tabStop)
  const spanTo = (end: number): Span => {
    const start = anchor ?? end
    return [Math.min(start, end), Math.max(start, end)]
  }
  const choose = (end: number): void => {
    setAnchor(undefined)
    onChoose(spanTo(end))
  }
  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>): void => {
    const targets: Record<string, number> = {
      ArrowRight: active + 1,
      ArrowLeft: active - 1,
      Home: 0,
      End: count - 1,
    }
    const target = targets[event.key]
    if (target !== undefined) {
      const next = Math.max(0, Math.min(count - 1, target))
      setAnchor(event.shiftKey ? (anchor ?? active) : undefined)
      event.currentTarget.querySelector<SVGElement>(`[data-index="${next}"]`)?.focus()
    } else if (event.key === 'Enter' || event.key === ' ') choose(active)
    else if (event.key === 'Escape' && anchor !== undefined) setAnchor(undefined)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const leave = (): void => setCurrent(undefined)
  return {
    span: current === undefined || current >= count ? undefined : spanTo(current),
    isSelecting: anchor !== undefined,
    svgProps: {
      onKeyDown,
      onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setAnchor(indexAt(event))
      },
      onPointerMove: (event: PointerEvent<SVGSVGElement>) => setCurrent(indexAt(event)),
      onPointerUp: (event: PointerEvent<SVGSVGElement>) => {
        if (anchor !== undefined) choose(indexAt(event))
      },
      onPointerCancel: () => setAnchor(undefined),
      onPointerLeave: leave,
    },
    barProps: (index: number) => ({
      'data-index': index,
      tabIndex: index === active ? 0 : -1,
      onFocus: () => {
        setTabStop(index)
        setCurrent(index)
      },
      onBlur: leave,
    }),
  }
}
