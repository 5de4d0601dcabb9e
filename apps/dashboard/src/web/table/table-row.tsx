import { memo, useState, type MouseEvent } from 'react'
import type { CallRow } from '../../shared/dashboard-api.ts'
import { Icon } from '../icons.tsx'
import { setUrl } from '../use-view.ts'
import type { Column } from './columns.tsx'

interface RowProps {
  index: number
  start: number
  row: CallRow | undefined
  columns: readonly Column[]
  isActive: boolean
  isOpen: boolean
  /** The address of an open call, up to its id. */
  link: string
  onOpen: (index: number, id: number) => void
}

interface CellProps {
  row: CallRow
  column: Column
  isActive: boolean
  isNear: boolean
}

function Cell({ row, column, isActive, isNear }: CellProps) {
  const filter = isNear ? column.filter?.(row) : undefined
  return (
    <>
      <span className="text" dir="auto" title={column.full?.(row)}>
        {column.cell(row, isNear)}
      </span>
      {filter && (
        <button
          type="button"
          className="cell-filter"
          tabIndex={isActive ? 0 : -1}
          aria-label={`Show only ${filter.says}`}
          title={`Show only ${filter.says}`}
          onClick={(event) => {
            event.stopPropagation()
            setUrl(filter.change)
          }}
        >
          <Icon name="filter" />
        </button>
      )}
    </>
  )
}

/**
 * One call. Its first cell is the link that opens it; a click anywhere else does the same. Scrolling
 * draws the rows that come into sight, and no other again.
 */
export const TableRow = memo(function TableRow(props: RowProps) {
  const { index, start, row, columns, isActive, isOpen, link, onOpen } = props
  const [isHovered, setHovered] = useState(false)
  const isNear = isActive || isHovered
  const onClick = (event: MouseEvent): void => {
    // A new tab is the browser's to open; a selected text is the reader's to copy.
    if (event.ctrlKey || event.metaKey || event.shiftKey || !row) return
    if (getSelection()?.toString()) return
    event.preventDefault()
    onOpen(index, row.id)
  }
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`row ${isActive ? 'active' : ''} ${isOpen ? 'open' : ''}`}
      style={{ transform: `translateY(${start}px)` }}
      onClick={onClick}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      {columns.map((column, place) => (
        <span
          key={column.key}
          role="cell"
          aria-colindex={place + 1}
          className={`cell ${column.key} ${column.isRight ? 'right' : ''}`}
        >
          {!row ? (
            <span className="bone" />
          ) : place === 0 ? (
            <a
              href={`${link}${row.id}`}
              data-row={index}
              tabIndex={isActive ? 0 : -1}
              title={column.full?.(row)}
            >
              {column.cell(row, isNear)}
              <span className="visually-hidden">, open call {row.id}</span>
            </a>
          ) : (
            <Cell row={row} column={column} isActive={isActive} isNear={isNear} />
          )}
        </span>
      ))}
    </div>
  )
})
