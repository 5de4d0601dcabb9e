import { useState } from 'react'
import { useAgents } from '../use-calls.ts'
import { setUrl } from '../use-view.ts'
import { Select } from './fields.tsx'

const other = 'other'

const show = (agent: string): void => setUrl({ agent, call: undefined })

const IdField = ({ agentId }: { agentId: number | undefined }) => (
  <form
    onSubmit={(event) => {
      event.preventDefault()
      show(String(new FormData(event.currentTarget).get('agent')))
    }}
  >
    <input
      key={agentId}
      name="agent"
      aria-label="Agent ID"
      title="Agent ID, digits only"
      placeholder="Agent ID"
      inputMode="numeric"
      pattern="\d{1,15}"
      required
      defaultValue={agentId}
    />
  </form>
)

/** The agent whose calls are shown: chosen by name or, when agents cannot be listed, by ID. */
export function AgentPicker({ agentId }: { agentId: number | undefined }) {
  const { agents, isListed, problem } = useAgents(agentId)
  const [isOther, setOther] = useState(false)
  const isById = isOther || (!isListed && agentId !== undefined)
  const choose = (value: string): void => {
    setOther(value === other)
    if (value !== other) show(value)
  }
  return (
    <span className="agent">
      {isListed !== undefined && (
        <Select
          aria-label="Agent"
          value={isById ? other : (agentId ?? '')}
          options={[
            ...(agentId === undefined ? [['', 'Choose an agent'] as const] : []),
            ...agents.map(({ id, name }) => [id, `${name} (${id})`] as const),
            [other, 'Other ID…'],
          ]}
          onChange={choose}
        />
      )}
      {(isById || isListed === undefined) && <IdField agentId={agentId} />}
      {problem && (
        <span className="note" title={problem.title}>
          Agents cannot be listed. Enter an ID.
        </span>
      )}
    </span>
  )
}
