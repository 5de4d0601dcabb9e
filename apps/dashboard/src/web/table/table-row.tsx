import { memo, useState, type MouseEvent } from 'react'
import type { CallRow } from '../../shared/call-row.ts'
import { IconButton } from '../controls/button.tsx'
import type { IconName } from '../icons.tsx'
import { setUrl, type UrlChange } from '../use-view.ts'
import type { TableColumn } from './columns.tsx'

interface RowProps {
  index: number
  start: number
  row: CallRow | undefined
  columns: readonly TableColumn[]
  isActive: boolean
  isOpen: boolean
  /** The URL of an open call without its ID. */
  link: string
  onOpen: (index: number, id: number) => void
}

/** The buttons of a cell; each is a filter. */
function CellFilters({ row, column, isActive }: CellProps) {
  const filter = column.filter?.(row)
  const name = `${column.title} ${filter?.label}`
  const button = (label: string, icon: IconName, change: UrlChange) => (
    <IconButton
      icon={icon}
      label={label}
      className="cell-filter"
      tabIndex={isActive ? 0 : -1}
      onClick={(event) => {
        event.stopPropagation()
        setUrl(change)
      }}
    />
  )
  return (
    filter && (
      <span className="cell-filters">
        {button(`Show only ${name}`, 'filter', filter.only)}
        {filter.exclusion && button(`Exclude ${name}`, 'exclude', filter.exclusion.toggle)}
      </span>
    )
  )
}

interface CellProps {
  row: CallRow
  column: TableColumn
  isActive: boolean
}

/** One call. Its first cell is a link that opens it; a click anywhere else does the same. */
export const TableRow = memo(function TableRow(props: RowProps) {
  const { index, start, row, columns, isActive, isOpen, link, onOpen } = props
  const [isHovered, setHovered] = useState(false)
  const onClick = (event: MouseEvent): void => {
    // The browser opens new tabs, and a selected text is not a click.
    if (event.ctrlKey || event.metaKey || event.shiftKey || !row) return
    if (getSelection()?.toString()) return
    event.preventDefault()
    onOpen(index, row.id)
  }
  const contentOf = (column: TableColumn, place: number) => {
    if (!row) return <span className="bone" />
    if (place === 0)
      return (
        <a
          href={`${link}${row.id}`}
          data-row={index}
          tabIndex={isActive ? 0 : -1}
          title={column.full?.(row)}
        >
          {column.cell(row)}
          <span className="visually-hidden">, open call {row.id}</span>
        </a>
      )
    return (
      <>
        <span className="text" dir="auto" title={column.full?.(row)}>
          {column.cell(row)}
        </span>
        {(isActive || isHovered) && <CellFilters row={row} column={column} isActive={isActive} />}
      </>
    )
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
          {contentOf(column, place)}
        </span>
      ))}
    </div>
  )
})
