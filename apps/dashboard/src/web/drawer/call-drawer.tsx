import { keepPreviousData } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { CallDetails as Call, FilterQuery, Settings } from '../../shared/dashboard-api.ts'
import { api } from '../api.ts'
import { CopyButton } from '../controls/copy-button.tsx'
import { ShareButton, type ShareProps } from '../controls/share-button.tsx'
import { formatCount } from '../../shared/format.ts'
import { Icon, type IconName } from '../icons.tsx'
import { ProblemPanel } from '../states/problem-panel.tsx'
import { toProblem } from '../use-calls.ts'
import { setUrl } from '../use-view.ts'
import { CallDetails } from './call-details.tsx'
import { useNeighbors } from './use-neighbors.ts'

/** In windows of this width the table stays usable next to the open call. */
const wide = '(min-width: 1000px)'

const close = (): void => setUrl({ call: undefined })

interface DrawerProps {
  shown: ShareProps['shown']
  id: number
  filter: FilterQuery
  sort: string
  zone: string
  settings: Settings
  onPlace: (index: number | undefined) => void
}

interface ToolProps {
  icon: IconName
  label: string
  keys: string
  isDisabled?: boolean
  onClick: () => void
}

const Tool = ({ icon, label, keys, isDisabled = false, onClick }: ToolProps) => (
  <button
    type="button"
    className="icon-only"
    aria-label={label}
    title={`${label} (${keys})`}
    disabled={isDisabled}
    onClick={onClick}
  >
    <Icon name={icon} />
  </button>
)

/** The URL of a call in another app. */
const fillTemplate = (template: string, call: Call): string =>
  template
    .replaceAll('{id}', encodeURIComponent(String(call['id'])))
    .replaceAll('{call_id}', encodeURIComponent(String(call['call_id'] ?? '')))

function Actions({ shown, id, settings, call }: DrawerProps & { call: Call | null | undefined }) {
  const { publicUrl, callUrl } = settings
  return (
    <div className="copies">
      {callUrl !== null && call && (
        <a className="button" href={fillTemplate(callUrl, call)} target="_blank" rel="noreferrer">
          Open in Cekura
        </a>
      )}
      <ShareButton
        shown={shown}
        publicUrl={publicUrl}
        change={{ call: String(id) }}
        label="Copy link"
      />
      <CopyButton text={String(id)} label="Copy ID" />
      <CopyButton
        text={`cekura-logs get ${id} --agent ${shown.agentId}`}
        label="Copy CLI command"
      />
    </div>
  )
}

/** Opens the dialog and closes it by Escape; J and K go to the next and previous call. */
function useDialog(step: (to: 'previous' | 'next') => void) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const { current } = dialog
    if (matchMedia(wide).matches) current?.show()
    else current?.showModal()
    // A screen reader starts with the title; the buttons come after it.
    heading.current?.focus()
  }, [])
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
  return { dialog, heading }
}

function DrawerBody(props: DrawerProps & { response: CallResponse }) {
  const { shown, id, zone, settings, response } = props
  const { data, error, errorUpdatedAt, isPending, isPlaceholderData, refetch } = response
  if (error)
    return (
      <ProblemPanel
        key={errorUpdatedAt}
        problem={toProblem(error)}
        onRetry={() => void refetch()}
      />
    )
  if (isPending || isPlaceholderData)
    return (
      <div className="drawer-skeleton" role="status">
        <span className="visually-hidden">Loading the call…</span>
        {['one', 'two', 'three', 'four', 'five', 'six'].map((key) => (
          <div key={key} className="bone" />
        ))}
      </div>
    )
  if (!data?.call)
    return (
      <div className="state">
        <h2>Call not found</h2>
        <p>
          Agent {shown.agentId} has no call {id}. It may have been deleted.
        </p>
      </div>
    )
  return (
    <CallDetails
      // Personal data is shown as long as its call is open.
      key={id}
      call={data.call}
      agentId={shown.agentId}
      zone={zone}
      canReveal={settings.canReveal}
    />
  )
}

const useCall = ({ shown, id }: DrawerProps) =>
  api.useQuery(
    'get',
    '/api/call',
    { params: { query: { agent_id: shown.agentId, id } } },
    { placeholderData: keepPreviousData },
  )

type CallResponse = ReturnType<typeof useCall>

/** One call, loaded again, because an evaluation can arrive late. */
export function CallDrawer(props: DrawerProps) {
  const { id, filter, sort, onPlace } = props
  const response = useCall(props)
  const { place, step } = useNeighbors(filter, sort, id, onPlace)
  const { dialog, heading } = useDialog(step)
  const call = response.isPlaceholderData ? undefined : response.data?.call
  return (
    <dialog ref={dialog} className="drawer" onCancel={close} aria-label={`Call ${id}`}>
      {/* In a dialog, a header element would be a second banner of the page. */}
      <div className="drawer-head">
        <h2 ref={heading} tabIndex={-1}>
          Call {id}
        </h2>
        <span className="note place">
          {place?.index === null && call && 'outside the current filters'}
          {typeof place?.index === 'number' &&
            `${formatCount(place.index + 1)} of ${formatCount(place.total)} (J, K)`}
        </span>
        <Tool
          icon="up"
          label="Previous call"
          keys="K"
          isDisabled={!place?.previous}
          onClick={() => step('previous')}
        />
        <Tool
          icon="down"
          label="Next call"
          keys="J"
          isDisabled={!place?.next}
          onClick={() => step('next')}
        />
        <Tool icon="cross" label="Close" keys="Esc" onClick={close} />
      </div>
      <Actions {...props} call={call} />
      <DrawerBody {...props} response={response} />
    </dialog>
  )
}
