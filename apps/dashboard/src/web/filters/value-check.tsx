import { formatNumber } from '@cekura-kit/call-format'
import type { ReactNode } from 'react'

interface ValueCheckProps {
  label: string
  isChosen: boolean
  count: number
  /** The largest count of its list. */
  most: number
  onToggle: () => void
  isExcluded?: boolean
  children?: ReactNode
}

/** A value to filter by, with its number of calls. */
export const ValueCheck = (props: ValueCheckProps) => (
  <li className={props.isExcluded ? 'facet-value excluded' : 'facet-value'}>
    <label title={props.label}>
      <input type="checkbox" checked={props.isChosen} onChange={props.onToggle} />
      <span className="label" dir="auto">
        {props.label}
      </span>
      <span className="count">{formatNumber(props.count)}</span>
    </label>
    {props.children}
    {props.count > 0 && (
      <span className="bar" style={{ width: `${(props.count / props.most) * 100}%` }} />
    )}
  </li>
)
