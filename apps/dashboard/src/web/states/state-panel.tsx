import type { ReactNode } from 'react'
import { Icon, type IconName } from '../icons.tsx'

interface StatePanelProps {
  title: string
  icon?: IconName
  isProblem?: boolean
  children: ReactNode
  actions?: ReactNode
}

/** In place of content: why there is none, and what to do. */
export const StatePanel = ({ title, icon, isProblem, children, actions }: StatePanelProps) => (
  <div className={isProblem ? 'state problem' : 'state'} role={isProblem ? 'alert' : undefined}>
    {icon && <Icon name={icon} />}
    <h2>{title}</h2>
    <p>{children}</p>
    <div className="actions">{actions}</div>
  </div>
)
