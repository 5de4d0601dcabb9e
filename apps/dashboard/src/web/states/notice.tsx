import type { ReactNode } from 'react'
import { Icon, type IconName } from '../icons.tsx'

interface NoticeProps {
  icon: IconName
  tone?: 'warning'
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
