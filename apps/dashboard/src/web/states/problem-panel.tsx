import { formatSeconds } from '@cekura-kit/call-format'
import { useEffect, useEffectEvent, useState } from 'react'
import type { Problem } from '../../shared/dashboard-api.ts'
import { Button } from '../controls/button.tsx'
import { useNow } from '../use-media.ts'
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
  const waitMs = retryAfterMs ?? 0
  const now = useNow(1000)
  const [until] = useState(now + waitMs)
  const left = Math.max(0, Math.ceil((until - now) / 1000))
  const isDue = waitMs > 0 && left === 0
  const retry = useEffectEvent(onRetry)
  useEffect(() => {
    if (isDue) retry()
  }, [isDue])
  const again = (
    <Button className="primary" disabled={left > 0} onClick={onRetry}>
      {left > 0 ? `Try again in ${formatSeconds(left)}` : 'Try again'}
    </Button>
  )
  const icon = code === 'rate_limit' ? 'clock' : 'warning'
  return (
    <StatePanel isProblem icon={icon} title={title} actions={again}>
      {fix}
    </StatePanel>
  )
}
