import { keepPreviousData } from '@tanstack/react-query'
import { operationDescriptors } from '@cekura-kit/types'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { FilterQuery } from '../../shared/dashboard-api.ts'
import { api } from '../api.ts'
import { CopyButton } from '../controls/copy-button.tsx'
import { formatCount, type Zone } from '../format.ts'
import { Icon } from '../icons.tsx'
import { hide, useRevealed } from '../revealed.ts'
import { ProblemPanel } from '../states/problem-panel.tsx'
import { toProblem } from '../use-calls.ts'
import { setUrl } from '../use-view.ts'
import { CallFields } from './call-fields.tsx'
import { CallMetrics } from './call-metrics.tsx'
import { PersonalSwitch } from './personal-switch.tsx'

const maxJsonCharacters = 200_000
/** From here on the table stays usable beside the open call. */
const wide = '(min-width: 1000px)'

const show = (id: number | null | undefined): void => {
  if (id) setUrl({ call: String(id) }, false)
}
const close = (): void => setUrl({ call: undefined })

interface DrawerProps {
  agentId: number
  id: number
  filter: FilterQuery
  sort: string
  zone: Zone
  canReveal: boolean
  onPlace: (index: number | undefined) => void
}

/** One call with all its fields, read anew, since an evaluation can arrive late. */
export function CallDrawer(props: DrawerProps) {
  const { agentId, id, filter, sort, zone, canReveal, onPlace } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const query = {
    agent_id: agentId,
    call_ids: String(id),
    timestamp_from: filter.from,
    timestamp_to: filter.to,
  }
  const answer = api.useQuery(
    'get',
    operationDescriptors['callLogs.list'].path,
    { params: { query } },
    { placeholderData: keepPreviousData },
  )
  const place = api.useQuery(
    'get',
    '/api/place',
    { params: { query: { ...filter, sort, id } } },
    { placeholderData: keepPreviousData },
  )
  const {
    index = null,
    total = 0,
    previous,
    next,
  } = place.isPlaceholderData ? {} : (place.data ?? {})
  // A key can come before the service has said what is beside this call; it is obeyed then.
  const asked = useRef<'previous' | 'next'>(undefined)
  const step = (to: 'previous' | 'next'): void => {
    if (place.isPending || place.isPlaceholderData) asked.current = to
    else show({ previous, next }[to])
  }
  const settled = useEffectEvent(() => {
    if (!asked.current) return
    step(asked.current)
    asked.current = undefined
  })
  useEffect(() => {
    if (place.data && !place.isPlaceholderData) settled()
  }, [place.data, place.isPlaceholderData])
  useEffect(
    () => () => {
      asked.current = undefined
    },
    [id],
  )
  const told = useEffectEvent(onPlace)
  useEffect(() => {
    told(index ?? undefined)
    // Where this call stood says nothing of the next one that is opened.
    return () => told(undefined)
  }, [index])
  useEffect(() => {
    const { current } = dialog
    if (matchMedia(wide).matches) current?.show()
    else current?.showModal()
    // What has opened is said first; its buttons come after it.
    heading.current?.focus()
  }, [])
  // Personal data is shown for as long as its call is.
  useEffect(() => () => hide(id), [id])
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const { target } = event
    if (target instanceof HTMLElement && target.matches('input, select, textarea')) return
    if (event.key === 'j') step('next')
    else if (event.key === 'k') step('previous')
    else if (event.key === 'Escape' && !document.querySelector('[popover]:popover-open')) close()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event)
    addEventListener('keydown', listener, true)
    return () => removeEventListener('keydown', listener, true)
  }, [])
  const revealed = useRevealed().get(id)
  const call = answer.data?.results.find((candidate) => candidate.id === id)
  return (
    <dialog ref={dialog} className="drawer" onCancel={close} aria-label={`Call ${id}`}>
      {/* A dialog is no section: a header in it would be a second banner of the page. */}
      <div className="drawer-head">
        <h2 ref={heading} tabIndex={-1}>
          Call {id}
        </h2>
        <span className="note place">
          {index === null
            ? call && place.data && !place.isPlaceholderData && 'not among the filtered calls'
            : `${formatCount(index + 1)} of ${formatCount(total)}`}
        </span>
        <button
          type="button"
          className="icon-only"
          aria-label="Previous call"
          title="Previous call (K)"
          disabled={!previous}
          onClick={() => show(previous)}
        >
          <Icon name="up" />
        </button>
        <button
          type="button"
          className="icon-only"
          aria-label="Next call"
          title="Next call (J)"
          disabled={!next}
          onClick={() => show(next)}
        >
          <Icon name="down" />
        </button>
        <button
          type="button"
          className="icon-only"
          aria-label="Close"
          title="Close (Esc)"
          onClick={close}
        >
          <Icon name="cross" />
        </button>
      </div>
      <div className="copies">
        <CopyButton text={() => location.href} label="Copy link" />
        <CopyButton text={String(id)} label="Copy id" />
        <CopyButton text={`cekura-logs get ${id} --agent ${agentId}`} label="Copy command" />
      </div>
      {answer.error && (
        <ProblemPanel
          key={answer.errorUpdatedAt}
          problem={toProblem(answer.error)}
          onRetry={() => void answer.refetch()}
        />
      )}
      {!call && (answer.isPending || answer.isPlaceholderData) && (
        <div className="drawer-skeleton" role="status">
          <span className="visually-hidden">Reading the call…</span>
          {['one', 'two', 'three', 'four', 'five', 'six'].map((key) => (
            <div key={key} className="bone" />
          ))}
        </div>
      )}
      {answer.data && !answer.isPlaceholderData && !call && (
        <div className="state">
          <h2>No such call</h2>
          <p>
            Agent {agentId} has no call {id}. It may have been deleted.
          </p>
        </div>
      )}
      {call && (
        <div className="drawer-body">
          <PersonalSwitch call={call} agentId={agentId} canReveal={canReveal} />
          <CallFields call={call} revealed={revealed} zone={zone} />
          <h3>Metrics</h3>
          <CallMetrics metrics={call.metrics} />
          <details>
            <summary>Raw JSON, personal data masked</summary>
            <CopyButton text={() => JSON.stringify(call, null, 2)} label="Copy JSON" />
            <pre tabIndex={0} role="region" aria-label="Raw JSON">
              {JSON.stringify(call, null, 2).slice(0, maxJsonCharacters)}
            </pre>
          </details>
        </div>
      )}
    </dialog>
  )
}
