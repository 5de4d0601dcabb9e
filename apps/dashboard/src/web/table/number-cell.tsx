import { useState } from 'react'
import type { CallRow } from '../../shared/call-row.ts'
import { Icon } from '../icons.tsx'
import { hide, reveal, useRevealed } from '../revealed.ts'

interface NumberCellProps {
  agentId: number
  row: CallRow
  canReveal: boolean
  /** Whether to offer the button for a masked number. */
  isNear: boolean
}

/** A masked customer number; a revealed one is marked. */
export function NumberCell({ agentId, row, canReveal, isNear }: NumberCellProps) {
  const { id, number: masked } = row
  const fields = useRevealed().get(id)
  const [problem, setProblem] = useState<string>()
  if (masked === '') return '–'
  const isShown = fields !== undefined
  return (
    <span className={isShown ? 'number revealed' : 'number'}>
      <bdi>{isShown ? String(fields['customer_number'] ?? '–') : masked}</bdi>
      {canReveal && (isShown || isNear) && (
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
        </button>
      )}
      {problem && (
        <span className="note mistake" role="alert">
          {problem}
        </span>
      )}
    </span>
  )
}
