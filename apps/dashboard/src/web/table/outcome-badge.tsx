import type { Outcome } from '@cekura-kit/call-format'
import { labelOf } from '../../shared/facets.ts'
import { Icon, type IconName } from '../icons.tsx'

const icons: Record<Outcome, IconName> = {
  success: 'check',
  failure: 'cross',
  not_evaluated: 'dash',
}

/** An outcome as an icon and a word. */
export const OutcomeBadge = ({ outcome, reviewed }: { outcome: Outcome; reviewed: boolean }) => (
  <span className={`badge ${outcome}`}>
    <Icon name={icons[outcome]} />
    {labelOf('outcome', outcome)}
    {reviewed && (
      <span className="reviewed" title="Reviewed">
        <Icon name="person" />
        <span className="visually-hidden">, reviewed</span>
      </span>
    )}
  </span>
)
