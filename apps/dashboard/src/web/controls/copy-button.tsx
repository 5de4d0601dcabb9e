import { useEffect, useState } from 'react'
import { Icon } from '../icons.tsx'

const shownMs = 1500

/** Copies a text and shows whether that worked. */
export function CopyButton({ text, label }: { text: string | (() => string); label: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>()
  useEffect(() => {
    if (!outcome) return undefined
    const timer = setTimeout(() => setOutcome(undefined), shownMs)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
      setOutcome('copied')
    } catch {
      setOutcome('failed')
    }
  }
  return (
    <button type="button" className="quiet" onClick={() => void copy()}>
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
      {label}
      <span role="status" className="copied">
        {outcome === 'copied' ? 'Copied' : outcome && 'Could not copy'}
      </span>
    </button>
  )
}
