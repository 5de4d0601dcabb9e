import type { WindowState } from '../../shared/dashboard-api.ts'
import { formatCount, formatWait } from '../format.ts'
import { useNow } from '../use-media.ts'

const bones = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']

interface LoadingPanelProps {
  window: WindowState | undefined
  hasCharts: boolean
}

/** The page's shape while its calls are read, and how far that is. */
export function LoadingPanel({ window, hasCharts }: LoadingPanelProps) {
  const now = useNow(500)
  const { loaded = 0, expected, waitingUntil } = window ?? {}
  const wait = waitingUntil ? Math.ceil((Date.parse(waitingUntil) - now) / 1000) : 0
  return (
    <div className="loading">
      <div className="progress" role="status">
        <p>
          {wait > 0
            ? `The rate limit is used up. Reading goes on in ${formatWait(wait)}.`
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
        <div className="columns">
          <div className="facets">
            {bones.map((key) => (
              <div key={key} className="bone" />
            ))}
          </div>
          <div className="content">
            <div className="kpis">
              {bones.slice(0, 5).map((key) => (
                <div key={key} className="card bone" />
              ))}
            </div>
            {hasCharts && (
              <div className="charts">
                {bones.slice(0, 6).map((key, index) => (
                  <div
                    key={key}
                    className={`card chart-card bone ${index === 0 ? 'calls-chart' : ''}`}
                  />
                ))}
              </div>
            )}
            <div className="card lines">
              {bones.map((key) => (
                <div key={key} className="bone" />
              ))}
            </div>
          </div>
        </div>
      </div>
    </div>
  )
}
