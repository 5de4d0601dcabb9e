import { shareLink, type UrlChange } from '../use-view.ts'
import { CopyButton } from './copy-button.tsx'
import { Menu } from './menu.tsx'

export interface ShareProps {
  shown: { agentId: number; from: string; to: string }
  publicUrl: string | null
  change?: UrlChange
  label: string
}

const isLoopback = (): boolean => /^(127\.|localhost$|\[::1\]$)/.test(location.hostname)

/** Copies a link that shows the same calls to everyone, and says if others cannot open it. */
export const ShareButton = ({ shown, publicUrl, change, label }: ShareProps) => (
  <>
    <CopyButton text={() => shareLink(shown, publicUrl, change)} label={label} />
    {publicUrl === null && isLoopback() && (
      <p className="note">This link only works on this computer. Set PUBLIC_URL to share links.</p>
    )}
  </>
)

/** A link to all calls that the page shows. */
export const ShareMenu = (props: Pick<ShareProps, 'shown' | 'publicUrl'>) => (
  <Menu icon="copy" label="Share" title="Share">
    {() => (
      <ShareButton {...props} change={{ call: undefined }} label="Copy a link to these calls" />
    )}
  </Menu>
)
