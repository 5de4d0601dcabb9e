import { useEffect, useRef, useState } from 'react'
import { operationPaths, type CallLog } from '@cekura-kit/types'
import { api, client } from './api.ts'
import { setUrl } from './url-state.ts'

function Reveal({ agentId, call }: { agentId: number; call: CallLog }) {
  const [shown, setShown] = useState<string>()
  const reveal = async (): Promise<void> => {
    const query = { agent_id: agentId, id: call.id }
    const { data, error } = await client.GET('/api/reveal', { params: { query } })
    setShown(data?.customer_number ?? error?.error.title ?? 'unknown')
  }
  return (
    <>
      {shown ?? call.customer_number ?? '–'}{' '}
      {shown === undefined && call.customer_number && (
        <button type="button" onClick={() => void reveal()}>
          Reveal
        </button>
      )}
    </>
  )
}

const close = (): void => setUrl({ call: undefined })

/** One call with all its fields, read anew, since an evaluation can arrive late. */
export function CallDrawer({ agentId, id }: { agentId: number; id: string }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const { data, error } = api.useQuery('get', operationPaths.listCallLogs, {
    params: { query: { agent_id: agentId, call_ids: id } },
  })
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const call = data?.results.find((candidate) => String(candidate.id) === id)
  const { metrics, ...fields } = call ?? {}
  return (
    <dialog ref={dialog} className="drawer" onClose={close} aria-label={`Call ${id}`}>
      <header>
        <h2>Call {id}</h2>
        <button type="button" onClick={() => void navigator.clipboard.writeText(location.href)}>
          Copy link
        </button>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      {error && <p role="alert">The call could not be read. Close and try again.</p>}
      {!call && !error && <p>{data ? 'This agent has no such call.' : 'Reading…'}</p>}
      {call && (
        <>
          <dl>
            {Object.entries(fields).map(([name, value]) => (
              <div key={name}>
                <dt>{name.replaceAll('_', ' ')}</dt>
                <dd dir="auto">
                  {name === 'customer_number' ? (
                    <Reveal agentId={agentId} call={call} />
                  ) : (
                    String(
                      typeof value === 'object' ? (JSON.stringify(value) ?? '–') : value || '–',
                    ).slice(0, 20_000)
                  )}
                </dd>
              </div>
            ))}
          </dl>
          <h3>Metrics</h3>
          <dl>
            {(metrics ?? []).map((metric) => (
              <div key={metric.id}>
                <dt>{metric.name}</dt>
                <dd>
                  {metric.score ?? metric.enum} {metric.value && <small>{metric.value}</small>}
                </dd>
              </div>
            ))}
          </dl>
          <details>
            <summary>As JSON</summary>
            <pre>{JSON.stringify(call, null, 2).slice(0, 100_000)}</pre>
          </details>
        </>
      )}
    </dialog>
  )
}
