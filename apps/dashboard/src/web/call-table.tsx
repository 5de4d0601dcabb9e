import { useQueries } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { CallRow, FilterQuery, RowsAnswer, SortKey } from '../shared/dashboard-api.ts'
import { api } from './api.ts'
import { formatSeconds, formatTime, formatWord } from './format.ts'
import { setUrl } from './url-state.ts'

const blockRows = 200
const rowPixels = 34

const columns: { key: string; title: string; sort?: SortKey }[] = [
  { key: 'time', title: 'Time', sort: 'timestamp' },
  { key: 'status', title: 'Status', sort: 'status' },
  { key: 'duration', title: 'Duration', sort: 'duration' },
  { key: 'topic', title: 'Topic', sort: 'topic' },
  { key: 'reason', title: 'Ended because', sort: 'reason' },
  { key: 'number', title: 'Customer' },
  { key: 'id', title: 'Call', sort: 'id' },
]

function Cells({ row, zone }: { row: CallRow; zone: string }) {
  const isGood = row.status.endsWith('success')
  return (
    <>
      <span role="cell" className="time" title={row.timestamp}>
        {formatTime(row.timestamp, zone)}
      </span>
      <span role="cell">
        <span className={isGood ? 'badge success' : 'badge failure'}>
          <span aria-hidden="true">{isGood ? '✓' : '✕'}</span> {formatWord(row.status)}
        </span>
      </span>
      <span role="cell" className="duration">
        {formatSeconds(row.seconds)}
      </span>
      <span role="cell" dir="auto" title={row.topic}>
        {row.topic || '–'}
      </span>
      <span role="cell" dir="auto" title={row.reason}>
        {row.reason || '–'}
      </span>
      <span role="cell" className="number">
        {row.number || '–'}
      </span>
      <span role="cell" className="id">
        {row.id}
      </span>
    </>
  )
}

interface TableProps {
  filter: FilterQuery
  total: number
  sort: string
  zone: string
}

const open = (row: CallRow | undefined): void => {
  if (row) setUrl({ call: String(row.id) })
}

/** Every call the filter leaves, in rows that exist only while they are seen. */
export function CallTable({ filter, total, sort, zone }: TableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    overscan: 20,
  })
  const items = virtual.getVirtualItems()
  const first = Math.floor((items[0]?.index ?? 0) / blockRows)
  const last = Math.floor((items.at(-1)?.index ?? 0) / blockRows)
  const wanted = Array.from({ length: last - first + 2 }, (_, index) => first + index)
  const blocks = useQueries({
    queries: wanted
      .filter((block) => block * blockRows < Math.max(1, total))
      .map((block) =>
        api.queryOptions('get', '/api/rows', {
          params: { query: { ...filter, sort, offset: block * blockRows, limit: blockRows } },
        }),
      ),
  })
  const rowAt = (index: number): CallRow | undefined => {
    const answer = blocks[Math.floor(index / blockRows) - first]?.data as RowsAnswer | undefined
    return answer?.rows[index % blockRows]
  }
  const key = JSON.stringify(filter) + sort
  useEffect(() => {
    setActive(0)
    scroller.current?.scrollTo({ top: 0 })
  }, [key])
  const move = (to: number): void => {
    const index = Math.max(0, Math.min(total - 1, to))
    setActive(index)
    virtual.scrollToIndex(index)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target !== scroller.current) return
    const steps: Record<string, number> = {
      j: 1,
      ArrowDown: 1,
      k: -1,
      ArrowUp: -1,
      PageDown: 15,
      PageUp: -15,
    }
    const step = steps[event.key]
    if (step !== undefined) move(active + step)
    else if (event.key === 'Home') move(0)
    else if (event.key === 'End') move(total - 1)
    else if (event.key === 'Enter') open(rowAt(active))
    else return
    event.preventDefault()
  }
  const direction = sort.startsWith('-') ? 'descending' : 'ascending'
  const sorted = sort.replace('-', '')
  return (
    <div
      className="table"
      role="table"
      aria-label="Calls"
      aria-rowcount={total + 1}
      ref={scroller}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="head">
        <div role="row" className="row" aria-rowindex={1}>
          {columns.map(({ key, title, sort: by }) => (
            <span role="columnheader" key={key} aria-sort={by === sorted ? direction : undefined}>
              {by ? (
                <button
                  type="button"
                  onClick={() => setUrl({ sort: sort === `-${by}` ? by : `-${by}` })}
                >
                  {title} {by === sorted && (direction === 'descending' ? '↓' : '↑')}
                </button>
              ) : (
                title
              )}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="body" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rowAt(index)
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter on the table opens the active row
            <div
              role="row"
              key={index}
              aria-rowindex={index + 2}
              className={index === active ? 'row active' : 'row'}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => {
                setActive(index)
                open(row)
              }}
            >
              {row ? (
                <Cells row={row} zone={zone} />
              ) : (
                <span role="cell" className="skeleton">
                  Reading…
                </span>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
