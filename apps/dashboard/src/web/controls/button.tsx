import type { ComponentProps } from 'react'
import { Icon, type IconName } from '../icons.tsx'

type ButtonProps = ComponentProps<'button'> & { icon?: IconName | undefined }

export const Button = ({ icon, children, ...props }: ButtonProps) => (
  <button type="button" {...props}>
    {icon && <Icon name={icon} />}
    {children}
  </button>
)

/** A button whose name is its tooltip. */
export const IconButton = ({ label, ...props }: ButtonProps & { label: string }) => (
  <Button className="quiet icon-only" aria-label={label} title={label} {...props} />
)
