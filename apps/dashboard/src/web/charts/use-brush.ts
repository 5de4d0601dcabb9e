import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'

export interface Span {
  first: number
  last: number
}

const spanOf = (anchor: number, end: number): Span => ({
  first: Math.min(anchor, end),
  last: Math.max(anchor, end),
})

interface BrushOptions {
  count: number
  /** Which of them is under a pointer. */
  indexAt: (event: PointerEvent<SVGSVGElement>) => number
  onChoose: (span: Span) => void
}

/**
 * Selects one of several neighbors, or adjacent ones: by a click or a drag; by arrow keys, with Shift
 * for several, Enter to apply and Escape to cancel.
 */
export function useBrush({ count, indexAt, onChoose }: BrushOptions) {
  const [focused, setFocused] = useState(count - 1)
  const [hovered, setHovered] = useState<number>()
  const [brush, setBrush] = useState<{ anchor: number; end: number; isDragged: boolean }>()
  const svg = useRef<SVGSVGElement>(null)
  const active = Math.max(0, Math.min(count - 1, focused))

  const focus = (index: number): void => {
    setFocused(index)
    svg.current?.querySelector<SVGElement>(`[data-index="${index}"]`)?.focus()
  }
  const choose = (anchor: number, end: number): void => {
    setBrush(undefined)
    onChoose(spanOf(anchor, end))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const targets: Record<string, number> = {
      ArrowRight: active + 1,
      ArrowLeft: active - 1,
      Home: 0,
      End: count - 1,
    }
    const target = targets[event.key]
    if (target !== undefined) {
      const next = Math.max(0, Math.min(count - 1, target))
      setBrush(
        event.shiftKey
          ? { anchor: brush?.anchor ?? active, end: next, isDragged: false }
          : undefined,
      )
      focus(next)
    } else if (event.key === 'Enter' || event.key === ' ') {
      choose(brush?.anchor ?? active, brush?.end ?? active)
    } else if (event.key === 'Escape' && brush) {
      setBrush(undefined)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    svg,
    active,
    /** The one under the pointer or with the focus. */
    shown: hovered,
    span: brush && spanOf(brush.anchor, brush.end),
    svgProps: {
      onKeyDown,
      onPointerDown(event: PointerEvent<SVGSVGElement>) {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const index = indexAt(event)
        setBrush({ anchor: index, end: index, isDragged: true })
      },
      onPointerMove(event: PointerEvent<SVGSVGElement>) {
        const index = indexAt(event)
        setHovered(index)
        if (brush?.isDragged) setBrush({ ...brush, end: index })
      },
      onPointerUp() {
        if (brush?.isDragged) choose(brush.anchor, brush.end)
      },
      onPointerCancel: () => setBrush(undefined),
      onPointerLeave: () => setHovered(undefined),
    },
    barProps: (index: number) => ({
      'data-index': index,
      tabIndex: index === active ? 0 : -1,
      onFocus: () => {
        setFocused(index)
        setHovered(index)
      },
      onBlur: () => setHovered(undefined),
    }),
  }
}
