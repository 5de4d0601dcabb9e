import { useOnline } from '../use-calls.ts'
import { setUrl } from '../use-view.ts'
import { titleOf, type Ignored, type UrlName } from '../view.ts'
import { Notice } from './notice.tsx'

/** What in the URL is not valid; dismissing it cleans the URL. */
function IgnoredParts({ ignored }: { ignored: Ignored }) {
  const names = Object.keys(ignored) as UrlName[]
  if (names.length === 0) return null
  const clean = (): void => {
    const ends = names.includes('from') ? ['from', 'to'] : []
    setUrl(Object.fromEntries([...names, ...ends].map((name) => [name, undefined])), false)
  }
  const parts = names.map((name) => titleOf(name) + (ignored[name] ? ` (${ignored[name]})` : ''))
  return (
    <Notice
      icon="warning"
      tone="warning"
      action={
        <button type="button" className="quiet" onClick={clean}>
          Dismiss
        </button>
      }
    >
      Parts of this link were ignored: {[...new Set(parts)].join(', ')}.
    </Notice>
  )
}

/** Notices about the page, whatever it shows. */
export function PageNotices({ ignored }: { ignored: Ignored }) {
  const isOnline = useOnline()
  return (
    <>
      {!isOnline && (
        <Notice icon="warning" tone="warning">
          You’re offline. Showing the last loaded data.
        </Notice>
      )}
      <IgnoredParts ignored={ignored} />
    </>
  )
}
