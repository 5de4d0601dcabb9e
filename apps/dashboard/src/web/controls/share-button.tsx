import type { PageProps } from '../page.ts'
import { shareLink, type UrlChange } from '../use-view.ts'
import { CopyButton } from './copy-button.tsx'
import { Menu } from './menu.tsx'

const isLoopback = (): boolean => /^(127\.|localhost$|\[::1\]$)/.test(location.hostname)

type ShareProps = PageProps & { change: UrlChange; label: string }

/** Copies a link that shows the same calls to everyone, and says if others cannot open it. */
export const ShareButton = ({ page, change, label }: ShareProps) => (
  <>
    <CopyButton text={() => shareLink(page, change)} label={label} />
    {page.settings.publicUrl === null && isLoopback() && (
      <p className="note">This link only works on this computer. Set PUBLIC_URL to share links.</p>
    )}
  </>
)

/** A link to all calls that the page shows. */
export const ShareMenu = ({ page }: PageProps) => (
  <Menu icon="copy" title="Share">
    <ShareButton page={page} change={{ call: undefined }} label="Copy a link to these calls" />
  </Menu>
)
