import { useState } from 'react'
import { Button } from './button.tsx'
import { Finder } from './fields.tsx'

interface CheckListProps {
  /** What is chosen: `charts`. */
  what: string
  items: readonly { key: string; title: string }[]
  chosen: readonly string[]
  /** The item that is always chosen. */
  fixed?: string | undefined
  onChange: (chosen: readonly string[]) => void
  onReset: () => void
}

/** Which of some items are shown. */
export function CheckList({ what, items, chosen, fixed, onChange, onReset }: CheckListProps) {
  const [search, setSearch] = useState('')
  const needle = search.toLowerCase()
  const toggle = (key: string): void => {
    const others = chosen.filter((other) => other !== key)
    onChange(chosen.includes(key) ? others : [...chosen, key])
  }
  return (
    <div className="check-list">
      <Finder label={`Find one of ${items.length} ${what}`} value={search} onChange={setSearch} />
      <ul>
        {items
          .filter(({ title }) => title.toLowerCase().includes(needle))
          .map(({ key, title }) => (
            <li key={key}>
              <label className="check" title={title}>
                <input
                  type="checkbox"
                  checked={chosen.includes(key)}
                  disabled={key === fixed}
                  onChange={() => toggle(key)}
                />
                <span className="label">{title}</span>
              </label>
            </li>
          ))}
      </ul>
      <Button className="quiet" onClick={onReset}>
        Reset {what}
      </Button>
    </div>
  )
}
