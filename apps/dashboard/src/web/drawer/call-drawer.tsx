import { formatNumber } from '@cekura-kit/call-format'
import { useEffect, useRef } from 'react'
import type { CallDetails as Call } from '../../shared/dashboard-api.ts'
import { api } from '../api.ts'
import { IconButton } from '../controls/button.tsx'
import { CopyButton } from '../controls/copy-button.tsx'
import { ShareButton } from '../controls/share-button.tsx'
import type { PageProps } from '../page.ts'
import { Bones } from '../states/bones.tsx'
import { ProblemPanel } from '../states/problem-panel.tsx'
import { StatePanel } from '../states/state-panel.tsx'
import { toProblem } from '../use-calls.ts'
import { useKeys } from '../use-keys.ts'
import { usePlace, useStep } from '../use-place.ts'
import { setUrl } from '../use-view.ts'
import { CallDetails } from './call-details.tsx'

/** In windows of this width the table stays usable next to the open call. */
const wide = '(min-width: 1000px)'

const close = (): void => setUrl({ call: undefined })

type DrawerProps = PageProps & { id: number }

/** The URL of a call in another app. */
const fillTemplate = (template: string, call: Call): string =>
  template
    .replaceAll('{id}', encodeURIComponent(String(call['id'])))
    .replaceAll('{call_id}', encodeURIComponent(String(call['call_id'] ?? '')))

function Actions({ page, id, call }: DrawerProps & { call: Call | null | undefined }) {
  const { callUrl } = page.settings
  const command = `cekura-logs get ${id} --agent ${page.agentId}`
  return (
    <div className="copies">
      {callUrl !== null && call && (
        <a className="button" href={fillTemplate(callUrl, call)} target="_blank" rel="noreferrer">
          Open in Cekura
        </a>
      )}
      <ShareButton page={page} change={{ call: String(id) }} label="Copy link" />
      <CopyButton text={() => String(id)} label="Copy ID" />
      <CopyButton text={() => command} label="Copy CLI command" />
    </div>
  )
}

const useCall = ({ page: { agentId }, id }: DrawerProps) =>
  api.useQuery('get', '/api/call', { params: { query: { agent_id: agentId, id } } })

type BodyProps = DrawerProps & { response: ReturnType<typeof useCall> }

function DrawerBody({ page, id, response }: BodyProps) {
  const { data, error, errorUpdatedAt, isPending, refetch } = response
  const retry = (): void => void refetch()
  if (error) return <ProblemPanel key={errorUpdatedAt} problem={toProblem(error)} onRetry={retry} />
  if (isPending)
    return (
      <div className="drawer-skeleton" role="status">
        <span className="visually-hidden">Loading the call…</span>
        <Bones count={6} />
      </div>
    )
  if (!data.call)
    return (
      <StatePanel title="Call not found">
        Agent {page.agentId} has no call {id}. It may have been deleted.
      </StatePanel>
    )
  // Personal data is shown as long as its call is open.
  return <CallDetails key={id} call={data.call} page={page} />
}

/** One call, loaded again, because an evaluation can arrive late. */
export function CallDrawer(props: DrawerProps) {
  const { page, id } = props
  const response = useCall(props)
  const place = usePlace(page)
  const step = useStep(page)
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const { current } = dialog
    if (matchMedia(wide).matches) current?.show()
    else current?.showModal()
    // A screen reader starts with the title; the buttons come after it.
    heading.current?.focus()
  }, [])
  const previous = (): void => void step('previous')
  const next = (): void => void step('next')
  useKeys({ j: next, k: previous, Escape: close }, true)
  return (
    <dialog ref={dialog} className="drawer" onCancel={close} aria-label={`Call ${id}`}>
      {/* In a dialog, a header element would be a second banner of the page. */}
      <div className="drawer-head">
        <h2 ref={heading} tabIndex={-1}>
          Call {id}
        </h2>
        <span className="note place">
          {place?.index === null && response.data?.call && 'outside the current filters'}
          {typeof place?.index === 'number' &&
            `${formatNumber(place.index + 1)} of ${formatNumber(place.total)} (J, K)`}
        </span>
        {(
          [
            ['up', 'Previous call', 'K', previous, !place?.previous],
            ['down', 'Next call', 'J', next, !place?.next],
            ['cross', 'Close', 'Esc', close, false],
          ] as const
        ).map(([icon, label, key, onClick, disabled]) => (
          <IconButton
            key={key}
            className="icon-only"
            title={`${label} (${key})`}
            {...{ icon, label, onClick, disabled }}
          />
        ))}
      </div>
      <Actions {...props} call={response.data?.call} />
      <DrawerBody {...props} response={response} />
    </dialog>
  )
}
