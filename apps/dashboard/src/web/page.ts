import type { Dimension } from '@cekura-kit/call-format'
import type { FilterQuery, Problem, RangeState } from '../shared/dashboard-api.ts'
import type { Settings, Summary } from '../shared/dashboard-api.ts'
import type { View } from './view.ts'

/** What the page shows, as far as the URL and the loaded range say it. */
export interface Page {
  agentId: number
  settings: Settings
  view: View
  range: RangeState
  /** Loads all calls again, up to now. */
  reload: () => Promise<void>
  /** Loads what is missing. */
  refetch: () => Promise<unknown>
}

/** The page with the calls that match its filters. */
export interface Shown extends Page {
  /** What the summary is of: that of the view, or of the last one until its summary is loaded. */
  filter: FilterQuery
  by: Dimension
  summary: Summary
  isCurrent: boolean
  /** The previous period is not loaded yet. */
  isComparing: boolean
  /** Why it could not be loaded. */
  comparisonProblem: Problem | undefined
}

export interface PageProps {
  page: Page
}

export interface ShownProps {
  shown: Shown
}
