import { useEffect, useState } from 'react'
import type { Problem } from '../shared/dashboard-api.ts'

/** What went wrong and what helps; counts down when the service said how long to wait. */
export function ProblemPanel({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const [left, setLeft] = useState(Math.ceil((problem.retryAfterMs ?? 0) / 1000))
  useEffect(() => {
    if (left <= 0) return undefined
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  return (
    <div className="state" role="alert">
      <h2>{problem.title}</h2>
      <p>{problem.fix}</p>
      <button type="button" disabled={left > 0} onClick={onRetry}>
        {left > 0 ? `Try again in ${left} s` : 'Try again'}
      </button>
    </div>
  )
}
