import { useState, type ReactNode } from 'react'
import type { WindowState } from '../../shared/dashboard-api.ts'
import { formatCount, formatTime, type Zone } from '../format.ts'
import { Icon, type IconName } from '../icons.tsx'
import { hideAll, useRevealed } from '../revealed.ts'
import { useNow } from '../use-media.ts'
import { setUrl } from '../use-view.ts'
import type { UrlName } from '../view.ts'

const staleMs = 15 * 60_000

interface NoticeProps {
  icon: IconName
  tone?: 'warning' | 'accent'
  children: ReactNode
  action?: ReactNode
}

export const Notice = ({ icon, tone, children, action }: NoticeProps) => (
  <div className={`notice ${tone ?? ''}`} role="status">
    <Icon name={icon} />
    <p>{children}</p>
    {action}
  </div>
)

const words: Partial<Record<UrlName, string>> = {
  from: 'the time range',
  range: 'the time range',
  min: 'the duration',
  max: 'the duration',
  metric: 'a metric',
  sort: 'the order',
  cols: 'the columns',
  widths: 'the column widths',
  tz: 'the time zone',
  q: 'the search',
  call: 'the open call',
}

/** What the address says that the page cannot read; closing it cleans the address. */
export function WrongAddress({ wrong }: { wrong: readonly UrlName[] }) {
  if (wrong.length === 0) return null
  const clean = (): void =>
    setUrl(
      Object.fromEntries(
        wrong
          .flatMap((name) => (name === 'from' ? ['from', 'to'] : [name]))
          .map((name) => [name, undefined]),
      ),
      false,
    )
  return (
    <Notice
      icon="warning"
      tone="warning"
      action={
        <button type="button" className="quiet" onClick={clean}>
          Clean the address
        </button>
      }
    >
      The address could not be read in full. Left out:{' '}
      {[...new Set(wrong.map((name) => words[name] ?? name))].join(', ')}.
    </Notice>
  )
}

export const Offline = () => (
  <Notice icon="warning" tone="warning">
    This machine is offline. What is shown stays; nothing new can be read.
  </Notice>
)

/** A window that holds more calls than are kept. */
export function Partial({ window, zone }: { window: WindowState; zone: Zone }) {
  if (!window.coveredFrom) return null
  return (
    <Notice icon="warning" tone="warning">
      These are the newest {formatCount(window.loaded)} of{' '}
      {formatCount(window.expected ?? window.loaded)} calls, from{' '}
      {formatTime(window.coveredFrom, zone)} on. Everything here speaks of them alone; a shorter
      range shows all.
    </Notice>
  )
}

interface StaleProps {
  window: WindowState
  onReload: () => Promise<void>
}

/** Calls read long ago: reviews and late evaluations may be missing. */
export function Stale({ window, onReload }: StaleProps) {
  const now = useNow(30_000)
  const [isBusy, setBusy] = useState(false)
  const age = now - Date.parse(window.readAt ?? window.to)
  if (age < staleMs) return null
  return (
    <Notice
      icon="clock"
      action={
        <button
          type="button"
          disabled={isBusy}
          onClick={() => {
            setBusy(true)
            void onReload().finally(() => setBusy(false))
          }}
        >
          Read again
        </button>
      }
    >
      These calls were read {Math.floor(age / 60_000)} minutes ago. Reviews and late evaluations
      since then are not in them.
    </Notice>
  )
}

/** Whose personal data is readable on the page now. */
export function Revealed() {
  const count = useRevealed().size
  if (count === 0) return null
  return (
    <Notice
      icon="eye"
      tone="warning"
      action={
        <button type="button" onClick={hideAll}>
          Hide all
        </button>
      }
    >
      {count === 1 ? 'One call shows' : `${count} calls show`} personal data on this page.
    </Notice>
  )
}
