import { useState } from 'react'
import { useAgents } from '../use-calls.ts'
import { useDraft } from '../use-draft.ts'
import { setUrl } from '../use-view.ts'

const other = 'other'

const show = (agentId: string): void => setUrl({ agent: agentId, call: undefined })

function IdField({ agentId }: { agentId: number | undefined }) {
  const [text, setText] = useDraft(agentId === undefined ? '' : String(agentId))
  const isWrong = text !== '' && !/^\d{1,15}$/.test(text)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isWrong && text !== '') show(text)
      }}
    >
      <input
        aria-label="Agent ID"
        inputMode="numeric"
        title="Agent ID, digits only"
        value={text}
        aria-invalid={isWrong}
        placeholder="Agent ID"
        onChange={({ target }) => setText(target.value.trim())}
      />
    </form>
  )
}

/** The agent whose calls are shown: chosen by name or, when agents cannot be listed, by ID. */
export function AgentPicker({ agentId }: { agentId: number | undefined }) {
  const { agents, isListed, problem } = useAgents(agentId)
  const [isOther, setOther] = useState(false)
  if (isListed === undefined)
    return (
      <span className="agent">
        <IdField agentId={agentId} />
        {problem && (
          <span className="note" title={problem.title}>
            Agents cannot be listed. Enter an ID.
          </span>
        )}
      </span>
    )
  const isById = isOther || (!isListed && agentId !== undefined)
  return (
    <span className="agent">
      <select
        aria-label="Agent"
        value={isById ? other : (agentId ?? '')}
        onChange={({ target }) => {
          setOther(target.value === other)
          if (target.value !== other) show(target.value)
        }}
      >
        {agentId === undefined && <option value="">Choose an agent</option>}
        {agents.map(({ id, name }) => (
          <option key={id} value={id}>
            {name} ({id})
          </option>
        ))}
        <option value={other}>Other ID…</option>
      </select>
      {isById && <IdField agentId={agentId} />}
    </span>
  )
}
