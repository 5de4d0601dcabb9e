import { useEffect, useEffectEvent, useState } from 'react'
import type { Problem } from '../../shared/dashboard-api.ts'
import { formatLength } from '../../shared/format.ts'
import { Button } from '../controls/button.tsx'
import { StatePanel } from './state-panel.tsx'

interface ProblemPanelProps {
  problem: Problem
  onRetry: () => void
}

/**
 * What failed and how to fix it. When the API says how long to wait, it counts down and retries
 * automatically while the page is visible.
 */
export function ProblemPanel({ problem, onRetry }: ProblemPanelProps) {
  const { title, fix, code, retryAfterMs } = problem
  const [until] = useState(() => Date.now() + (retryAfterMs ?? 0))
  const [left, setLeft] = useState(Math.ceil((retryAfterMs ?? 0) / 1000))
  const retry = useEffectEvent(onRetry)
  useEffect(() => {
    if (left <= 0) return undefined
    const timer = setTimeout(() => {
      const next = Math.ceil((until - Date.now()) / 1000)
      setLeft(Math.max(0, next))
      if (next <= 0 && !document.hidden) retry()
    }, 1000)
    return () => clearTimeout(timer)
  }, [left, until])
  const again = (
    <Button className="primary" disabled={left > 0} onClick={onRetry}>
      {left > 0 ? `Try again in ${formatLength(left)}` : 'Try again'}
    </Button>
  )
  const icon = code === 'rate_limit' ? 'clock' : 'warning'
  return (
    <StatePanel isProblem icon={icon} title={title} actions={again}>
      {fix}
    </StatePanel>
  )
}
