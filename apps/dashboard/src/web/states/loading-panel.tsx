import type { WindowState } from '../../shared/dashboard-api.ts'
import { formatCount } from '../format.ts'
import { useNow } from '../use-media.ts'

const bones = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']

/** The page's shape while its calls are read, and how far that is. */
export function LoadingPanel({ window }: { window: WindowState | undefined }) {
  const now = useNow(500)
  const { loaded = 0, expected, waitingUntil } = window ?? {}
  const wait = waitingUntil ? Math.ceil((Date.parse(waitingUntil) - now) / 1000) : 0
  return (
    <div className="loading">
      <div className="progress" role="status">
        <p>
          {wait > 0
            ? `The rate limit is used up. Reading goes on in ${wait} s.`
            : expected === undefined
              ? 'Asking how many calls there are…'
              : `Reading calls: ${formatCount(loaded)} of ${formatCount(expected)}`}
        </p>
        <progress
          max={expected || 1}
          {...(expected !== undefined && { value: loaded })}
          aria-label="Calls read"
        />
      </div>
      <div aria-hidden="true" className="skeleton">
        <div className="kpis">
          {bones.slice(0, 5).map((key) => (
            <div key={key} className="card bone" />
          ))}
        </div>
        <div className="charts">
          {bones.slice(0, 3).map((key) => (
            <div key={key} className="card chart-card bone" />
          ))}
        </div>
        <div className="card lines">
          {bones.map((key) => (
            <div key={key} className="bone" />
          ))}
        </div>
      </div>
    </div>
  )
}
