import { useRef, useState } from 'react'
import type { WindowState } from '../shared/dashboard-api.ts'
import { CallsView } from './calls-view.tsx'
import { AgentField } from './controls/agent-field.tsx'
import { DisplayMenu } from './controls/display-menu.tsx'
import { HelpButton } from './controls/help-button.tsx'
import { RangePicker } from './controls/range-picker.tsx'
import { ViewsMenu } from './controls/views-menu.tsx'
import { CallDrawer } from './drawer/call-drawer.tsx'
import { SearchBox } from './filters/search-box.tsx'
import { LoadingPanel } from './states/loading-panel.tsx'
import { Offline, WrongAddress } from './states/notices.tsx'
import { ProblemPanel } from './states/problem-panel.tsx'
import { toProblem, useOnline, useSettings, useWindow } from './use-calls.ts'
import { useView } from './use-view.ts'
import { toFilterQuery } from './view.ts'

const focusCalls = (): void =>
  document.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus()

const silent = toProblem(undefined)

/** The last calls that could be shown, so that reading newer ones leaves them on the page. */
function useShown(key: string, window: WindowState | undefined): WindowState | undefined {
  const last = useRef<{ key: string; window: WindowState }>(undefined)
  if (window?.state === 'ready') last.current = { key, window }
  return last.current?.key === key ? last.current.window : undefined
}

/** The page: what is asked for stands in the address, what is shown comes from the server. */
export function App() {
  const { view, wrong } = useView()
  const [tools, setTools] = useState<HTMLElement | null>(null)
  const [columnSlot, setColumnSlot] = useState<HTMLElement | null>(null)
  const [openIndex, setOpenIndex] = useState<number>()
  const isOnline = useOnline()
  const settings = useSettings()
  const agentId = view.agent ?? settings.data?.agentId ?? undefined
  const window = useWindow(agentId, view.time)
  const { data: state, error, refetch, refresh } = window
  const shown = useShown(JSON.stringify([agentId, view.time]), state)
  const ends = shown ?? state
  const retry = (): void => void (settings.error ? settings.refetch() : refetch())
  const problem = settings.error
    ? silent
    : error
      ? toProblem(error)
      : state?.state === 'failed'
        ? (state.problem ?? silent)
        : undefined
  return (
    <>
      <header className="top">
        {shown && (
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
        <AgentField agentId={agentId} />
        <RangePicker time={view.time} window={state} zone={view.zone} />
        <SearchBox value={view.q} />
        <div className="tools">
          <ViewsMenu />
          <div ref={setTools} className="tools" />
          <DisplayMenu view={view} onSlot={setColumnSlot} />
          <HelpButton />
        </div>
      </header>
      <main>
        {!isOnline && <Offline />}
        <WrongAddress wrong={wrong} />
        {settings.data && agentId === undefined && (
          <div className="state">
            <h2>Which agent?</h2>
            <p>Type an agent’s number above and press Enter.</p>
          </div>
        )}
        {problem && (
          <ProblemPanel
            key={`${window.errorUpdatedAt} ${state?.loadedAt}`}
            problem={problem}
            onRetry={retry}
          />
        )}
        {!problem && !shown && agentId !== undefined && (
          <LoadingPanel window={state} hasCharts={view.hasCharts} />
        )}
        {!problem && shown && settings.data && agentId !== undefined && (
          <CallsView
            agentId={agentId}
            settings={settings.data}
            window={shown}
            isReading={state?.state === 'loading'}
            view={view}
            tools={tools}
            columnSlot={columnSlot}
            openIndex={view.call === undefined ? undefined : openIndex}
            onRefresh={refresh}
          />
        )}
      </main>
      {view.call !== undefined && ends && settings.data && agentId !== undefined && (
        <CallDrawer
          agentId={agentId}
          id={view.call}
          filter={toFilterQuery(view, agentId, ends)}
          sort={view.sort}
          zone={view.zone}
          canReveal={settings.data.canReveal}
          onPlace={setOpenIndex}
        />
      )}
    </>
  )
}
