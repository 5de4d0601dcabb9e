import type { RangeState } from '../../shared/dashboard-api.ts'
import { Bones } from './bones.tsx'
import { LoadProgress } from './load-progress.tsx'

/** The shape of the page until the first calls are loaded. */
export const LoadingPanel = ({ range }: { range: RangeState | undefined }) => (
  <div className="loading">
    {range?.state === 'loading' ? (
      <LoadProgress range={range} />
    ) : (
      <p role="status" className="visually-hidden">
        Loading…
      </p>
    )}
    <div aria-hidden="true" className="skeleton columns">
      <div className="facets">
        <Bones count={8} />
      </div>
      <div className="content">
        <Bones count={3} className="card" />
      </div>
    </div>
  </div>
)
