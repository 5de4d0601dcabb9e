import { useState } from 'react'
import { Icon } from '../icons.tsx'
import { hide, reveal, useRevealed } from '../revealed.ts'

interface NumberCellProps {
  agentId: number
  id: number
  masked: string
  canReveal: boolean
  /** Whether to offer the button for a masked number. */
  isNear?: boolean
  /** Says in words what a narrow cell shows by its icon. */
  isRoomy?: boolean
}

/** A masked customer number, shown on demand and marked while it is. */
export function NumberCell({ agentId, id, masked, canReveal, isNear, isRoomy }: NumberCellProps) {
  const number = useRevealed().get(id)
  const [problem, setProblem] = useState<string>()
  if (masked === '') return '–'
  const isShown = number !== undefined
  return (
    <span className={isShown ? 'number revealed' : 'number'}>
      <bdi>{number ?? masked}</bdi>
      {canReveal && (isShown || isNear || isRoomy) && (
        <button
          type="button"
          className="quiet reveal"
          aria-label={`${isShown ? 'Hide' : 'Reveal'} the customer number of call ${id}`}
          title={isShown ? 'Hide the number' : 'Reveal the number'}
          onClick={(event) => {
            event.stopPropagation()
            if (isShown) hide(id)
            else void reveal(agentId, id).then(setProblem)
          }}
        >
          <Icon name={isShown ? 'lock' : 'eye'} />
          {isRoomy && (isShown ? 'Hide' : 'Reveal')}
        </button>
      )}
      {isRoomy && !canReveal && <span className="note">Numbers stay masked here.</span>}
      {problem && (
        <span className="note mistake" role="alert">
          {problem}
        </span>
      )}
    </span>
  )
}
