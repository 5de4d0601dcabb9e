import type { RangeState } from '../../shared/dashboard-api.ts'
import { RangeNotices } from './range-notices.tsx'

const bones = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']

/** The shape of the page until the first calls are loaded. */
export const LoadingPanel = ({ range }: { range: RangeState | undefined }) => (
  <div className="loading">
    {range?.state === 'loading' ? (
      <RangeNotices
        range={range}
        zone="UTC"
        comparisonProblem={undefined}
        onRetry={async () => {}}
      />
    ) : (
      <p role="status" className="visually-hidden">
        Loading…
      </p>
    )}
    <div aria-hidden="true" className="skeleton columns">
      <div className="facets">
        {bones.map((key) => (
          <div key={key} className="bone" />
        ))}
      </div>
      <div className="content">
        <div className="card bone" />
        <div className="panels">
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
  </div>
)
