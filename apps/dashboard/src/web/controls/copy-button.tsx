import { useEffect, useState } from 'react'
import { Button } from './button.tsx'

const shownMs = 1500

/** Copies a text and shows whether that worked. */
export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const [outcome, setOutcome] = useState<'Copied' | 'Could not copy'>()
  useEffect(() => {
    if (!outcome) return undefined
    const timer = setTimeout(() => setOutcome(undefined), shownMs)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = (): Promise<void> =>
    navigator.clipboard.writeText(text()).then(
      () => setOutcome('Copied'),
      () => setOutcome('Could not copy'),
    )
  return (
    <Button
      icon={outcome === 'Copied' ? 'check' : 'copy'}
      className="quiet"
      onClick={() => void copy()}
    >
      {label}
      <span role="status" className="copied">
        {outcome}
      </span>
    </Button>
  )
}
