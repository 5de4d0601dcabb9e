import { useState } from 'react'
import type { CallLog } from '@cekura-kit/types'
import { Icon } from '../icons.tsx'
import { hide, reveal, useRevealed } from '../revealed.ts'

interface SwitchProps {
  call: CallLog
  agentId: number
  canReveal: boolean
}

/** Shows who called and what was said, of this call alone, or says that nobody may see it here. */
export function PersonalSwitch({ call: { id, timestamp }, agentId, canReveal }: SwitchProps) {
  const isShown = useRevealed().has(id)
  const [problem, setProblem] = useState<string>()
  if (!canReveal) return <p className="note personal">Personal data stays masked here.</p>
  return (
    <div className="personal">
      <button
        type="button"
        aria-pressed={isShown}
        onClick={() => {
          setProblem(undefined)
          if (isShown) hide(id)
          else void reveal(agentId, id, timestamp).then(setProblem)
        }}
      >
        <Icon name={isShown ? 'lock' : 'eye'} />
        {isShown ? 'Hide personal data' : 'Reveal personal data'}
      </button>
      {problem && (
        <span className="note mistake" role="alert">
          {problem}
        </span>
      )}
    </div>
  )
}
