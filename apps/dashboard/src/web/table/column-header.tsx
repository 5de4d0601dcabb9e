import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { defaultSort } from '../../shared/columns.ts'
import { Icon } from '../icons.tsx'
import { setUrl } from '../use-view.ts'
import type { TableColumn } from './columns.tsx'

const minWidth = 56
const maxWidth = 900
const keyStep = 16

const clamp = (width: number): number => Math.round(Math.max(minWidth, Math.min(maxWidth, width)))

/** Writes the width of a column to the URL; undefined resets it. */
function setWidth(widths: Record<string, number>, key: string, width: number | undefined): void {
  const { [key]: _, ...others } = widths
  const next = Object.entries(width === undefined ? others : { ...others, [key]: width })
  setUrl(
    { widths: next.map(([name, pixels]) => `${name}:${pixels}`).join(',') || undefined },
    false,
  )
}

interface HeaderProps {
  column: TableColumn
  index: number
  sort: string
  widths: Record<string, number>
}

function ResizeHandle({ column, widths }: Pick<HeaderProps, 'column' | 'widths'>) {
  const { key, title } = column
  const handle = useRef<HTMLSpanElement>(null)
  const start = useRef<{ x: number; width: number }>(undefined)
  const [width, setLocal] = useState<number>()
  const current = (): number => handle.current!.parentElement!.getBoundingClientRect().width
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -keyStep, ArrowRight: keyStep }[event.key]
    if (step !== undefined) setWidth(widths, key, clamp(current() + step))
    else if (event.key === 'Enter') setWidth(widths, key, undefined)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const widthAt = (event: PointerEvent): number =>
    clamp(start.current!.width + event.clientX - start.current!.x)
  return (
    // A separator that can be moved is a control: it has focus and keys.
    <span
      ref={handle}
      className={width === undefined ? 'resize' : 'resize dragged'}
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${title}`}
      aria-valuenow={widths[key] ?? column.width}
      aria-valuemin={minWidth}
      aria-valuemax={maxWidth}
      tabIndex={0}
      title="Drag to resize, double-click to reset"
      onKeyDown={onKeyDown}
      onDoubleClick={() => setWidth(widths, key, undefined)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width: current() }
      }}
      onPointerMove={(event) => {
        if (!start.current) return
        const next = widthAt(event)
        setLocal(next)
        setWidth(widths, key, next)
      }}
      onPointerUp={() => {
        start.current = undefined
        setLocal(undefined)
      }}
    />
  )
}

/** The title of a column, which sorts by it; its edge changes the width. */
export function ColumnHeader({ column, index, sort, widths }: HeaderProps) {
  const { key, title, sort: by, isRight } = column
  const isDescending = sort.startsWith('-')
  const isSorted = by !== undefined && sort.replace('-', '') === by
  const direction = isDescending ? 'descending' : 'ascending'
  const toggled = isSorted && isDescending ? by : `-${by}`
  return (
    <span
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={isSorted ? direction : by ? 'none' : undefined}
      className={isRight ? 'cell right' : 'cell'}
    >
      {by ? (
        <button
          type="button"
          title={`Sort by ${title}`}
          onClick={() => setUrl({ sort: toggled === defaultSort ? undefined : toggled })}
        >
          <span className="label">{title}</span>
          {isSorted && <Icon name={isDescending ? 'down' : 'up'} />}
        </button>
      ) : (
        <span className="label" title={title}>
          {title}
        </span>
      )}
      <ResizeHandle key={key} column={column} widths={widths} />
    </span>
  )
}
