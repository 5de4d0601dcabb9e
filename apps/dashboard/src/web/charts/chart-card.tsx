import { useId, useState, type ReactNode } from 'react'
import { Icon } from '../icons.tsx'

export interface ChartTable {
  head: readonly string[]
  /** The first cell of a row names it. */
  rows: readonly (readonly string[])[]
}

interface ChartCardProps {
  title: string
  /** What is measured, in what unit. */
  unit: string
  legend?: ReactNode
  /** The same figures for who cannot see the drawing, or wants the numbers. */
  table: ChartTable
  className?: string
  children: ReactNode
}

/** A drawing with its title and unit, and the same figures as a table. */
export function ChartCard({ title, unit, legend, table, className, children }: ChartCardProps) {
  const id = useId()
  const [isTable, setTable] = useState(false)
  return (
    <section className={`card chart-card ${className ?? ''}`} aria-labelledby={id}>
      <header>
        <h2 id={id} title={title}>
          {title}
        </h2>
        <span className="unit" title={unit}>
          {unit}
        </span>
        {legend}
        <button
          type="button"
          className="quiet icon-only"
          aria-pressed={isTable}
          aria-label={`${title} as a table`}
          title={isTable ? 'Show the chart' : 'Show as a table'}
          onClick={() => setTable(!isTable)}
        >
          <Icon name={isTable ? 'chart' : 'table'} />
        </button>
      </header>
      <div className="chart-body">
        {isTable ? (
          <div className="figures" tabIndex={0} role="region" aria-label={`${title}, figures`}>
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
        ) : (
          children
        )}
      </div>
    </section>
  )
}
