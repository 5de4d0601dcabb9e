import { useQueries } from '@tanstack/react-query'
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
} from 'react'
import type { CallRow, FilterQuery } from '../../shared/dashboard-api.ts'
import { api } from '../api.ts'
import { useNarrow } from '../use-media.ts'
import { callLink, setUrl } from '../use-view.ts'
import type { View } from '../view.ts'
import { ColumnHeader } from './column-header.tsx'
import type { Column } from './columns.tsx'
import { TableRow } from './table-row.tsx'

const blockRows = 200
const rowPixels = { comfortable: 36, compact: 28 }
const cardPixels = 92
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

/** Whether a key pressed somewhere on the page asks for the table. */
const asksForTable = ({
  key,
  ctrlKey,
  metaKey,
  altKey,
  target,
}: globalThis.KeyboardEvent): boolean =>
  (key === 'j' || key === 'k') &&
  !(ctrlKey || metaKey || altKey) &&
  target instanceof HTMLElement &&
  !target.closest('input:not([type=checkbox], [type=radio]), select, dialog, [popover]')

function useRows(filter: FilterQuery, sort: string, first: number, last: number) {
  const blocks = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const answers = useQueries({
    queries: blocks.map((block) => {
      const query = { ...filter, sort, offset: block * blockRows, limit: blockRows }
      return api.queryOptions('get', '/api/rows', { params: { query } })
    }),
  })
  return (index: number): CallRow | undefined =>
    answers[Math.floor(index / blockRows) - first]?.data?.rows[index % blockRows]
}

interface TableProps {
  filter: FilterQuery
  total: number
  view: View
  columns: readonly Column[]
  /** Where the open call stands, so that it can be seen beside its fields. */
  openIndex: number | undefined
  isBusy: boolean
}

/** Every call the filter leaves, in rows that exist only while they are seen. */
export function CallTable({ filter, total, view, columns, openIndex, isBusy }: TableProps) {
  const { sort, widths, density, call } = view
  const scroller = useRef<HTMLDivElement>(null)
  const isNarrow = useNarrow()
  const [active, setActive] = useState(0)
  const isFocusing = useRef(false)
  const height = isNarrow ? cardPixels : rowPixels[density]
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    // Only rows that exist can hold the focus.
    rangeExtractor: (range: Range) => {
      const seen = defaultRangeExtractor(range)
      return active < total && !seen.includes(active)
        ? [...seen, active].sort((a, b) => a - b)
        : seen
    },
  })
  const items = virtual.getVirtualItems()
  const seen = virtual.range ?? { startIndex: 0, endIndex: 0 }
  const rowAt = useRows(
    filter,
    sort,
    Math.floor(Math.max(0, seen.startIndex - blockRows / 2) / blockRows),
    Math.floor(Math.min(total - 1, seen.endIndex + blockRows / 2) / blockRows),
  )
  useEffect(() => virtual.measure(), [virtual, height])
  const key = JSON.stringify([filter, sort])
  useEffect(() => {
    setActive(0)
    scroller.current?.scrollTo({ top: 0 })
  }, [key])
  useEffect(() => {
    if (openIndex === undefined) return
    setActive(openIndex)
    virtual.scrollToIndex(openIndex, { align: 'auto' })
  }, [virtual, openIndex])
  const wasOpen = useRef(call)
  useEffect(() => {
    // The focus comes back from a call that was closed.
    if (wasOpen.current !== undefined && call === undefined)
      scroller.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus()
    wasOpen.current = call
  }, [call, active])
  useEffect(() => {
    if (!isFocusing.current) return
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)
    // A row far away comes with a later answer.
    if (!link) return
    isFocusing.current = false
    link.focus()
  })
  const open = useCallback((index: number, id: number): void => {
    setActive(index)
    setUrl({ call: String(id) })
  }, [])
  const link = callLink()
  const move = (to: number): void => {
    const index = Math.max(0, Math.min(total - 1, to))
    isFocusing.current = true
    setActive(index)
    virtual.scrollToIndex(index, { align: 'auto' })
  }
  // From anywhere on the page, the way to the table is one key.
  const onPageKey = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (!asksForTable(event) || scroller.current?.contains(document.activeElement)) return
    event.preventDefault()
    scroller.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus()
  })
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent): void => onPageKey(event)
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    move(step(active, total - 1))
  }
  const tracks = columns.map(({ key: name, width }) =>
    widths[name] === undefined ? `minmax(${width}px, ${width}fr)` : `${widths[name]}px`,
  )
  const minWidth = columns.reduce((sum, { key: name, width }) => sum + (widths[name] ?? width), 0)
  const style = {
    '--tracks': tracks.join(' '),
    '--least': `${minWidth}px`,
    '--row': `${height}px`,
  } as CSSProperties
  return (
    // The keys move between links inside, which hold the focus.
    <div
      className={`table ${density} ${isNarrow ? 'cards' : ''}`}
      role="table"
      aria-label="Calls"
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-busy={isBusy}
      ref={scroller}
      style={style}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="head">
        <div role="row" className="row" aria-rowindex={1}>
          {columns.map((column, index) => (
            <ColumnHeader
              key={column.key}
              column={column}
              index={index}
              sort={sort}
              widths={widths}
            />
          ))}
        </div>
      </div>
      <div role="rowgroup" className="body" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rowAt(index)
          return (
            <TableRow
              key={index}
              index={index}
              start={start}
              row={row}
              columns={columns}
              isActive={index === active}
              isOpen={row !== undefined && row.id === call}
              link={link}
              onOpen={open}
            />
          )
        })}
      </div>
    </div>
  )
}
