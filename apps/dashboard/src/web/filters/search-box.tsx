import { useEffect, useRef } from 'react'
import { Icon } from '../icons.tsx'
import { useDraft } from '../use-draft.ts'
import { useKeys } from '../use-keys.ts'
import { setUrl } from '../use-view.ts'

const quietMs = 150

/** Finds calls a moment after the last key; `/` goes to it. */
export function SearchBox({ value, canReveal }: { value: string; canReveal: boolean }) {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useDraft(value)
  useEffect(() => {
    if (text === value) return undefined
    const timer = setTimeout(() => setUrl({ q: text }, false), quietMs)
    return () => clearTimeout(timer)
  }, [text, value])
  useKeys({ '/': () => input.current?.focus() })
  return (
    <div className="search" role="search">
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label="Search calls"
        title={`Searches ID, call ID, topic, ended reason, drop-off point${canReveal ? ', error, feedback' : ''}`}
        placeholder="Search ID, topic, reason…"
        maxLength={200}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  )
}
