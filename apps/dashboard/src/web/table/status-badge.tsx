import { formatValue } from '../format.ts'
import { Icon } from '../icons.tsx'

/** A status as an icon and a word; one the page does not know has neither tone. */
export function StatusBadge({ status }: { status: string }) {
  const tone = status.endsWith('success') ? 'success' : status.endsWith('failure') ? 'failure' : ''
  const isReviewed = status.startsWith('reviewed_')
  return (
    <span className={`badge ${tone}`} title={formatValue('status', status)}>
      <Icon name={tone === 'success' ? 'check' : tone === 'failure' ? 'cross' : 'dash'} />
      {isReviewed
        ? formatValue('status', status.slice('reviewed_'.length))
        : formatValue('status', status)}
      {isReviewed && <span className="reviewed">reviewed</span>}
    </span>
  )
}
