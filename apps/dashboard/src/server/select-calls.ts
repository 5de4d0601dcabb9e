import type { SortKey, SummaryAnswer } from '../shared/dashboard-api.ts'
import { createMatcher, sortCalls, type CallFilter } from './filter-calls.ts'
import type { LoadedWindow } from './load-window.ts'
import type { PreparedCall } from './prepare-call.ts'
import { createRecall } from './recall.ts'
import { summarizeCalls } from './summarize-calls.ts'

interface Order {
  key: SortKey
  isDescending: boolean
}

/** Filtered, sorted and summarized calls of windows; scrolling through them sorts them once. */
export function createSelection() {
  const filtered = createRecall<readonly PreparedCall[]>(6)
  const sorted = createRecall<readonly PreparedCall[]>(6)
  const summaries = createRecall<SummaryAnswer>(12)

  const filter = (window: LoadedWindow, filter: CallFilter): readonly PreparedCall[] =>
    filtered(window, JSON.stringify(filter), () => window.calls.filter(createMatcher(filter)))

  return {
    sort(window: LoadedWindow, by: CallFilter, { key, isDescending }: Order) {
      const left = filter(window, by)
      // A window's own order.
      if (key === 'timestamp' && isDescending) return left
      return sorted(window, JSON.stringify([by, key, isDescending]), () =>
        sortCalls(left, key, isDescending),
      )
    },
    summarize(
      window: LoadedWindow,
      by: CallFilter,
      { from, to, offset }: { from: number; to: number; offset?: number | undefined },
    ): SummaryAnswer {
      return summaries(window, JSON.stringify([by, offset]), () =>
        summarizeCalls(window, filter(window, by), by, { from, to, offset }),
      )
    },
  }
}
