import type { Page } from './page.ts'
import { toProblem, useRange, useSettings, useShown } from './use-calls.ts'
import { useView } from './use-view.ts'

/** Everything that the page shows: the URL says what, the server has the calls. */
export function usePage() {
  const { view, ignored } = useView()
  const settings = useSettings()
  const agentId = view.agent ?? settings.data?.agentId ?? undefined
  const range = useRange(agentId, view)
  const { hasCalls, reload, refetch } = range
  const page: Page | undefined =
    agentId !== undefined && settings.data && range.data
      ? { agentId, settings: settings.data, view, range: range.data, reload, refetch }
      : undefined
  const summary = useShown(hasCalls ? page : undefined, view)
  const { shown } = summary
  const failed = [settings, range, ...(shown ? [] : [summary])].find(({ error }) => error !== null)
  return {
    view,
    ignored,
    agentId,
    settings: settings.data,
    range: range.data,
    page,
    shown,
    /** Why there are no calls to show. */
    problem: failed ? toProblem(failed.error) : hasCalls ? undefined : range.data?.problem,
    /** Changes with every new problem. */
    problemKey: `${failed?.errorUpdatedAt} ${range.data?.readAt}`,
    retry: (): void => void (failed ?? range).refetch(),
  }
}
