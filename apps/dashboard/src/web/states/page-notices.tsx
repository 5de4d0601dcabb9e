import { Button } from '../controls/button.tsx'
import { useOnline } from '../use-calls.ts'
import { resetUrl } from '../use-view.ts'
import { parameters, type Ignored, type UrlName } from '../view.ts'
import { Notice } from './notice.tsx'

/** Notices about the page, whatever it shows: no network, and what in the URL is not valid. */
export function PageNotices({ ignored }: { ignored: Ignored }) {
  const isOnline = useOnline()
  const names = Object.keys(ignored) as UrlName[]
  const parts = names.map(
    (name) => parameters[name].title + (ignored[name] ? ` (${ignored[name]})` : ''),
  )
  const clean = (): void =>
    resetUrl(names.includes('from') ? [...names, 'from', 'to'] : names, false)
  const dismiss = (
    <Button className="quiet" onClick={clean}>
      Dismiss
    </Button>
  )
  return (
    <>
      {!isOnline && <Notice>You’re offline. Showing the last loaded data.</Notice>}
      {parts.length > 0 && (
        <Notice action={dismiss}>
          Parts of this link were ignored: {[...new Set(parts)].join(', ')}.
        </Notice>
      )}
    </>
  )
}
