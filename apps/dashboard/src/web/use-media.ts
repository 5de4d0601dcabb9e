import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'

const narrow = matchMedia('(max-width: 760px)')

function subscribeNarrow(listener: () => void): () => void {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}

/** Whether the table shows cards and the filters fold. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribeNarrow, () => narrow.matches)

/** A reference to an element, and its width in pixels; 0 before it is laid out. */
export function useWidth(): [reference: (element: Element | null) => () => void, width: number] {
  const [width, setWidth] = useState(0)
  const reference = useCallback((element: Element | null) => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    if (element) observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [reference, width]
}

/** The current time, to the given step; a hidden page is not updated. */
export function useNow(stepMs: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now())
    }, stepMs)
    return () => clearInterval(timer)
  }, [stepMs])
  return now
}
