import { hideAll } from '../revealed.ts'
import { useDraft } from '../use-draft.ts'
import { setUrl } from '../use-view.ts'

/** The agent whose calls are shown; Enter applies it. */
export function AgentField({ agentId }: { agentId: number | undefined }) {
  const [text, setText] = useDraft(agentId === undefined ? '' : String(agentId))
  const isWrong = text !== '' && !/^\d{1,15}$/.test(text)
  return (
    <form
      className="agent"
      onSubmit={(event) => {
        event.preventDefault()
        if (isWrong || text === '') return
        hideAll()
        setUrl({ agent: text, call: undefined })
      }}
    >
      <label>
        Agent
        <input
          inputMode="numeric"
          pattern="[0-9]{1,15}"
          title="Agent ID, digits only"
          value={text}
          aria-invalid={isWrong}
          placeholder="Agent ID"
          onChange={({ target }) => setText(target.value.trim())}
        />
      </label>
    </form>
  )
}
