import { Button } from '../controls/button.tsx'
import { Icon } from '../icons.tsx'
import { setUrl } from '../use-view.ts'
import type { TableColumn } from './columns.tsx'

interface HeaderProps {
  column: TableColumn
  index: number
  sort: string
}

/** The title of a column, which sorts by it. */
export function ColumnHeader({ column, index, sort }: HeaderProps) {
  const { title, sort: by, isRight } = column
  const isDescending = sort.startsWith('-')
  const isSorted = by !== undefined && sort.replace('-', '') === by
  const direction = isDescending ? 'descending' : 'ascending'
  return (
    <span
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={isSorted ? direction : by ? 'none' : undefined}
      className={isRight ? 'cell right' : 'cell'}
    >
      {by ? (
        <Button
          title={`Sort by ${title}`}
          onClick={() => setUrl({ sort: isSorted && isDescending ? by : `-${by}` })}
        >
          <span className="label">{title}</span>
          {isSorted && <Icon name={isDescending ? 'down' : 'up'} />}
        </Button>
      ) : (
        <span className="label" title={title}>
          {title}
        </span>
      )}
    </span>
  )
}
