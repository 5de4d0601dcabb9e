import { formatCount, formatShare } from '../format.ts'

export interface BarItem {
  key: string
  label: string
  count: number
  isChosen: boolean
}

interface BarListProps {
  items: readonly BarItem[]
  /** What the shares are of. */
  whole: number
  onToggle: (key: string) => void
}

/** Sorted bars; a bar is a button that narrows the calls to it, and again lets go. */
export function BarList({ items, whole, onToggle }: BarListProps) {
  const most = Math.max(1, ...items.map(({ count }) => count))
  const isAnyChosen = items.some(({ isChosen }) => isChosen)
  return (
    <ul className={isAnyChosen ? 'bar-list some-chosen' : 'bar-list'}>
      {items.map(({ key, label, count, isChosen }) => (
        <li key={key}>
          <button type="button" aria-pressed={isChosen} title={label} onClick={() => onToggle(key)}>
            <span className="bar" style={{ width: `${(count / most) * 100}%` }} />
            <span className="label" dir="auto">
              {label}
            </span>
            <span className="count">{formatCount(count)}</span>
            <span className="share">{formatShare(count, whole)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
