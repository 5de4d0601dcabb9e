import { useState } from 'react'
import type { FilterQuery } from '../../shared/dashboard-api.ts'
import { formatCount } from '../../shared/format.ts'
import { Icon } from '../icons.tsx'
import { useNewer } from '../use-calls.ts'

interface NewerBarProps {
  filter: FilterQuery
  /** Whether the range ends now, so that new calls belong to it. */
  isFollowed: boolean
  isLoading: boolean
  onShow: () => Promise<void>
}

/** Matching calls after the end of the range; they are shown when the user asks for them. */
export function NewerBar({ filter, isFollowed, isLoading, onShow }: NewerBarProps) {
  const newer = useNewer(filter, isFollowed)
  const [isRequested, setRequested] = useState(false)
  const { count = 0, isMore = false } = newer.data ?? {}
  const isBusy = isLoading || isRequested
  const label = `${formatCount(count)}${isMore ? ' or more' : ''} newer ${count === 1 && !isMore ? 'call' : 'calls'} – show`
  return (
    <div className="newer" role="status">
      {newer.error && isFollowed ? (
        <p className="note">Can’t check for new calls right now.</p>
      ) : (
        count > 0 && (
          <button
            type="button"
            className="newer-button"
            disabled={isBusy}
            onClick={() => {
              setRequested(true)
              void onShow().finally(() => setRequested(false))
            }}
          >
            <Icon name="reload" />
            {isBusy ? 'Loading new calls…' : label}
          </button>
        )
      )}
    </div>
  )
}
