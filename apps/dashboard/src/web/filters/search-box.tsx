import { useEffect, useRef, useState } from 'react'
import { Icon } from '../icons.tsx'
import { useKeys } from '../use-keys.ts'
import { setUrl } from '../use-view.ts'

const quietMs = 150

/** Finds calls a moment after the last key; `/` goes to it. */
export function SearchBox({ value, canReveal }: { value: string; canReveal: boolean }) {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const sent = useRef(value)
  useEffect(() => {
    // The URL was changed elsewhere: a reset, or a step back.
    if (value !== sent.current) setText(value)
    sent.current = value
  }, [value])
  useEffect(() => {
    if (text === sent.current) return undefined
    const timer = setTimeout(() => {
      sent.current = text
      setUrl({ q: text }, false)
    }, quietMs)
    return () => clearTimeout(timer)
  }, [text])
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
