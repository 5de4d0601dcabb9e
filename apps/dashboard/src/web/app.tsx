import { useEffect, useState } from 'react'
import { CallsView } from './calls-view.tsx'
import { AgentPicker } from './controls/agent-picker.tsx'
import { DisplayMenu } from './controls/display-menu.tsx'
import { HelpButton } from './controls/help-button.tsx'
import { RangePicker, rangeLabel } from './controls/range-picker.tsx'
import { ShareMenu } from './controls/share-button.tsx'
import { CallDrawer } from './drawer/call-drawer.tsx'
import { SearchBox } from './filters/search-box.tsx'
import { LoadingPanel } from './states/loading-panel.tsx'
import { PageNotices } from './states/page-notices.tsx'
import { ProblemPanel } from './states/problem-panel.tsx'
import { toProblem, useRange, useSettings } from './use-calls.ts'
import { useView } from './use-view.ts'
import { toFilterQuery, type View } from './view.ts'

const focusCalls = (): void =>
  document.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus()

const NoAgent = () => (
  <div className="state">
    <h2>Which agent?</h2>
    <p>Enter an agent ID above.</p>
  </div>
)

/** The title of the browser tab: call, agent, time range. */
function useTitle(view: View, agentId: number | undefined): void {
  const { call, time, zone } = view
  const parts = [
    call === undefined ? rangeLabel(time, zone) : `Call ${call}`,
    ...(agentId === undefined ? [] : [agentId]),
    'Call logs',
  ]
  const title = parts.join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}

/** The page: the URL says what to show, the server has the calls. */
export function App() {
  const { view, ignored } = useView()
  const [tools, setTools] = useState<HTMLElement | null>(null)
  const [columnSlot, setColumnSlot] = useState<HTMLElement | null>(null)
  const [openIndex, setOpenIndex] = useState<number>()
  const settings = useSettings()
  const agentId = view.agent ?? settings.data?.agentId ?? undefined
  const loaded = useRange(agentId, view.time, view.zone)
  const { data: range, hasCalls, error, errorUpdatedAt, refetch, reload } = loaded
  useTitle(view, agentId)
  const retry = (): void => void (settings.error ? settings.refetch() : refetch())
  const failure = settings.error ?? error
  const problem = failure ? toProblem(failure) : hasCalls ? undefined : range?.problem
  const shown = agentId !== undefined && range ? { agentId, ...range } : undefined
  return (
    <>
      <header className="top">
        {hasCalls && (
          <button type="button" className="skip" onClick={focusCalls}>
            Skip to the calls
          </button>
        )}
        <h1>Call logs</h1>
        {settings.data && (
          <span className="source" title="Where the calls come from">
            {settings.data.source}
          </span>
        )}
        <AgentPicker agentId={agentId} />
        <RangePicker time={view.time} range={range} zone={view.zone} />
        <SearchBox value={view.q} canReveal={settings.data?.canReveal ?? false} />
        <div className="tools">
          {shown && settings.data && (
            <ShareMenu shown={shown} publicUrl={settings.data.publicUrl} />
          )}
          <div ref={setTools} className="tools" />
          <DisplayMenu onSlot={setColumnSlot} />
          <HelpButton />
        </div>
      </header>
      <main>
        <PageNotices ignored={ignored} />
        {settings.data && agentId === undefined && <NoAgent />}
        {problem && (
          <ProblemPanel
            key={`${errorUpdatedAt} ${range?.readAt}`}
            problem={problem}
            onRetry={retry}
          />
        )}
        {!problem && !hasCalls && agentId !== undefined && <LoadingPanel range={range} />}
        {!problem && hasCalls && range && settings.data && agentId !== undefined && (
          <CallsView
            key={agentId}
            agentId={agentId}
            settings={settings.data}
            range={range}
            view={view}
            tools={tools}
            columnSlot={columnSlot}
            openIndex={view.call === undefined ? undefined : openIndex}
            onReload={reload}
            onRetry={refetch}
          />
        )}
      </main>
      {view.call !== undefined && range && settings.data && shown && (
        <CallDrawer
          shown={shown}
          id={view.call}
          filter={toFilterQuery(view, shown.agentId, range)}
          sort={view.sort}
          zone={view.zone}
          settings={settings.data}
          onPlace={setOpenIndex}
        />
      )}
    </>
  )
}
