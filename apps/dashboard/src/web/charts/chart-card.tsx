import { useId, useState, type ReactNode } from 'react'
import { IconButton } from '../controls/button.tsx'

export interface CardProps {
  title: string
  /** What the chart says in one line. */
  caption: string
  legend?: ReactNode
  /** The values of the chart; the first cell of a row is its name. */
  table: { head: readonly string[]; rows: readonly (readonly string[])[] }
  children: ReactNode
}

function ValueTable({ title, table }: Pick<CardProps, 'title' | 'table'>) {
  return (
    <div className="values" tabIndex={0} role="region" aria-label={`${title}, values`}>
      <table>
        <thead>
          <tr>
            {table.head.map((cell) => (
              <th scope="col" key={cell}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([name, ...cells], row) => (
            <tr key={`${row} ${name}`}>
              <th scope="row" title={name}>
                {name}
              </th>
              {cells.map((cell, column) => (
                <td key={table.head[column + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A chart with title and caption, and its values as a table. */
export function ChartCard({ title, caption, legend, table, children }: CardProps) {
  const id = useId()
  const [isTable, setTable] = useState(false)
  return (
    <section className="card chart-card" aria-labelledby={id}>
      <header>
        <h2 id={id} title={title}>
          {title}
        </h2>
        {legend}
        <IconButton
          icon={isTable ? 'chart' : 'table'}
          aria-pressed={isTable}
          label={`${title} as a table`}
          title={isTable ? 'Show the chart' : 'Show as a table'}
          onClick={() => setTable(!isTable)}
        />
      </header>
      <p className="caption">{caption}</p>
      <div className="chart-body">
        {isTable ? <ValueTable title={title} table={table} /> : children}
      </div>
    </section>
  )
}
