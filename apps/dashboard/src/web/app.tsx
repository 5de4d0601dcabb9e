import { CallsView } from './calls-view.tsx'
import { AgentPicker } from './controls/agent-picker.tsx'
import { Button } from './controls/button.tsx'
import { DisplayMenu } from './controls/display-menu.tsx'
import { ExportMenu } from './controls/export-menu.tsx'
import { HelpMenu } from './controls/help-menu.tsx'
import { RangePicker, rangeLabel } from './controls/range-picker.tsx'
import { ShareMenu } from './controls/share-button.tsx'
import { CallDrawer } from './drawer/call-drawer.tsx'
import { SearchBox } from './filters/search-box.tsx'
import { LoadingPanel } from './states/loading-panel.tsx'
import { PageNotices } from './states/page-notices.tsx'
import { ProblemPanel } from './states/problem-panel.tsx'
import { StatePanel } from './states/state-panel.tsx'
import { usePage } from './use-page.ts'

type AppState = ReturnType<typeof usePage>

const focusCalls = (): void =>
  document.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus()

/** The title of the browser tab: call, agent, time range. */
const titleOf = ({ view, agentId }: AppState): string =>
  [view.call === undefined ? rangeLabel(view) : `Call ${view.call}`, agentId, 'Call logs']
    .filter(Boolean)
    .join(' · ')

const Header = ({ view, agentId, settings, range, page, shown }: AppState) => (
  <header className="top">
    {shown && (
      <Button className="skip" onClick={focusCalls}>
        Skip to the calls
      </Button>
    )}
    <h1>Call logs</h1>
    {settings && (
      <span className="source" title="Where the calls come from">
        {settings.source}
      </span>
    )}
    <AgentPicker agentId={agentId} />
    <RangePicker view={view} range={range} />
    <SearchBox value={view.q} canReveal={settings?.canReveal ?? false} />
    <div className="tools">
      {page && <ShareMenu page={page} />}
      {shown && <ExportMenu shown={shown} />}
      <DisplayMenu shown={shown} />
      <HelpMenu />
    </div>
  </header>
)

function Content({ agentId, settings, range, shown, problem, problemKey, retry }: AppState) {
  if (problem) return <ProblemPanel key={problemKey} problem={problem} onRetry={retry} />
  if (shown) return <CallsView key={shown.agentId} shown={shown} />
  if (agentId !== undefined) return <LoadingPanel range={range} />
  return settings && <StatePanel title="Which agent?">Enter an agent ID above.</StatePanel>
}

/** The page: the URL says what to show, the server has the calls. */
export function App() {
  const state = usePage()
  const { view, ignored, page } = state
  return (
    <>
      <title>{titleOf(state)}</title>
      <Header {...state} />
      <main>
        <PageNotices ignored={ignored} />
        <Content {...state} />
      </main>
      {page && view.call !== undefined && <CallDrawer page={page} id={view.call} />}
    </>
  )
}
