import { useState } from 'react'
import type { WindowState } from '../../shared/dashboard-api.ts'
import { formatCount } from '../format.ts'
import { Icon } from '../icons.tsx'
import { useNewer } from '../use-calls.ts'

interface NewerBarProps {
  agentId: number
  window: WindowState
  /** Whether the range ends now, so that new calls belong to it. */
  isFollowed: boolean
  isReading: boolean
  onShow: () => Promise<void>
}

/** Calls that have come since the page's end was pinned; they wait until the reader asks. */
export function NewerBar({ agentId, window, isFollowed, isReading, onShow }: NewerBarProps) {
  const newer = useNewer(agentId, window, isFollowed)
  const [isAsked, setAsked] = useState(false)
  const { count = 0, more = false } = newer.data ?? {}
  const isBusy = isReading || isAsked
  return (
    <div className="newer" role="status">
      {newer.error && isFollowed ? (
        <p className="note">New calls cannot be looked for now.</p>
      ) : (
        count > 0 && (
          <button
            type="button"
            className="newer-button"
            disabled={isBusy}
            onClick={() => {
              setAsked(true)
              void onShow().finally(() => setAsked(false))
            }}
          >
            <Icon name="reload" />
            {isBusy
              ? 'Reading newer calls…'
              : `${formatCount(count)}${more ? ' or more' : ''} newer ${count === 1 && !more ? 'call' : 'calls'} – show`}
          </button>
        )
      )}
    </div>
  )
}
