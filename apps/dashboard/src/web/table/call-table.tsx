import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef, useState, type CSSProperties } from 'react'
import type { ShownProps } from '../page.ts'
import { useNarrow } from '../use-media.ts'
import { callLink, setUrl } from '../use-view.ts'
import { ColumnHeader } from './column-header.tsx'
import { chooseColumns, listColumns, type TableColumn } from './columns.tsx'
import { TableRow } from './table-row.tsx'
import { useActiveRow } from './use-active-row.ts'
import { useRows } from './use-rows.ts'

const rowPixels = 32
const cardPixels = 92

const styleOf = (columns: readonly TableColumn[], height: number) =>
  ({
    '--tracks': columns.map(({ width }) => `minmax(${width}px, ${width}fr)`).join(' '),
    '--min-width': `${columns.reduce((sum, { width }) => sum + width, 0)}px`,
    '--row': `${height}px`,
  }) as CSSProperties

/** All filtered calls; only the rows in sight exist. */
export function CallTable({ shown }: ShownProps) {
  const { filter, view, summary } = shown
  const { sort, call } = view
  const total = summary.now.calls
  // Rows stay as they are while the table scrolls.
  const columns = useMemo(() => chooseColumns(listColumns(shown), shown.view.cols), [shown])
  const scroller = useRef<HTMLDivElement>(null)
  const isNarrow = useNarrow()
  const [active, setActive] = useState(0)
  const height = isNarrow ? cardPixels : rowPixels
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    // Only rows that exist can have the focus.
    rangeExtractor: (range: Range) => {
      const seen = defaultRangeExtractor(range)
      return active < total && !seen.includes(active)
        ? [...seen, active].sort((a, b) => a - b)
        : seen
    },
  })
  const seen = virtual.range ?? { startIndex: 0, endIndex: 0 }
  const rowAt = useRows({ filter, sort, total, columns, seen })
  useEffect(() => virtual.measure(), [virtual, height])
  const key = JSON.stringify([filter, sort])
  useEffect(() => {
    setActive(0)
    scroller.current?.scrollTo({ top: 0 })
  }, [key])
  const onKeyDown = useActiveRow({ shown, scroller, virtual, active, setActive })
  const open = useCallback((index: number, id: number): void => {
    setActive(index)
    setUrl({ call: String(id) })
  }, [])
  const link = callLink(shown)
  return (
    // The keys move between links inside, which have the focus.
    <div
      className={isNarrow ? 'table cards' : 'table'}
      role="table"
      aria-label="Calls"
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-busy={!shown.isCurrent}
      ref={scroller}
      style={styleOf(columns, height)}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="head">
        <div role="row" className="row" aria-rowindex={1}>
          {columns.map((column, index) => (
            <ColumnHeader key={column.key} {...{ column, index, sort }} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className="body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rowAt(index)
          return (
            <TableRow
              key={index}
              {...{ index, start, row, columns, link }}
              isActive={index === active}
              isOpen={row !== undefined && row.id === call}
              onOpen={open}
            />
          )
        })}
      </div>
    </div>
  )
}
