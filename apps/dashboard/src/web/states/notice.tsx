import type { ReactNode } from 'react'
import { Icon } from '../icons.tsx'

/** What limits the page, above it. */
export const Notice = ({ children, action }: { children: ReactNode; action?: ReactNode }) => (
  <div className="notice" role="status">
    <Icon name="warning" />
    <p>{children}</p>
    {action}
  </div>
)
