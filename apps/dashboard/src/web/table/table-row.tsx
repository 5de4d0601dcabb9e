import { memo, useState, type MouseEvent } from 'react'
import type { CallRow } from '../../shared/call-row.ts'
import { Icon, type IconName } from '../icons.tsx'
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

interface CellProps {
  row: CallRow
  column: TableColumn
  isActive: boolean
  isNear: boolean
}

interface FilterButtonProps {
  label: string
  icon: IconName
  change: UrlChange
  isActive: boolean
}

const FilterButton = ({ label, icon, change, isActive }: FilterButtonProps) => (
  <button
    type="button"
    className="cell-filter"
    tabIndex={isActive ? 0 : -1}
    aria-label={label}
    title={label}
    onClick={(event) => {
      event.stopPropagation()
      setUrl(change)
    }}
  >
    <Icon name={icon} />
  </button>
)

function Cell({ row, column, isActive, isNear }: CellProps) {
  const filter = isNear ? column.filter?.(row) : undefined
  return (
    <>
      <span className="text" dir="auto" title={column.full?.(row)}>
        {column.cell(row)}
      </span>
      {filter && (
        <span className="cell-filters">
          <FilterButton
            label={`Show only ${filter.name}`}
            icon="filter"
            change={filter.only}
            isActive={isActive}
          />
          {filter.exclude && (
            <FilterButton
              label={`Exclude ${filter.name}`}
              icon="exclude"
              change={filter.exclude}
              isActive={isActive}
            />
          )}
        </span>
      )}
    </>
  )
}

/** One call. Its first cell is a link that opens it; a click anywhere else does the same. */
export const TableRow = memo(function TableRow(props: RowProps) {
  const { index, start, row, columns, isActive, isOpen, link, onOpen } = props
  const [isHovered, setHovered] = useState(false)
  const isNear = isActive || isHovered
  const onClick = (event: MouseEvent): void => {
    // The browser opens new tabs, and a selected text is not a click.
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
              {column.cell(row)}
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
