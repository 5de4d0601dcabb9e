import type { CallLog } from '@cekura-kit/types'
import type { PersonalFields } from '../../shared/dashboard-api.ts'
import { describeInstant, formatInstant, formatSeconds, readSeconds, type Zone } from '../format.ts'
import { StatusBadge } from '../table/status-badge.tsx'

const order = [
  'timestamp',
  'status',
  'success',
  'is_reviewed',
  'duration',
  'topic',
  'call_ended_reason',
  'dropoff_point',
  'error_message',
  'feedback',
  'customer_number',
  'agent',
  'id',
  'call_id',
  'created_at',
  'updated_at',
]
const instants = new Set(['timestamp', 'created_at', 'updated_at'])
const maxCharacters = 20_000

const cut = (text: string): string =>
  text.length > maxCharacters ? `${text.slice(0, maxCharacters)}… (cut)` : text

const place = (name: string): number => {
  const index = order.indexOf(name)
  return index === -1 ? order.length : index
}

interface FieldsProps {
  call: CallLog
  /** Its personal fields as they are; undefined while they are masked. */
  revealed: PersonalFields | undefined
  zone: Zone
}

function Value({ name, value, zone }: { name: string; value: unknown; zone: Zone }) {
  if (value === null || value === undefined || value === '') return <span className="none">–</span>
  if (name === 'status') return <StatusBadge status={String(value)} />
  if (instants.has(name) && typeof value === 'string')
    return (
      <time dateTime={value} title={describeInstant(value)}>
        {formatInstant(value, zone)} {zone === 'UTC' ? 'UTC' : 'local time'}
      </time>
    )
  if (name === 'duration' && typeof value === 'string')
    return formatSeconds(readSeconds(value) ?? null)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'object')
    return <pre className="value">{cut(JSON.stringify(value, null, 2))}</pre>
  return cut(String(value))
}

/** Every field of a call, known ones first, others as the service names them. */
export function CallFields({ call, revealed, zone }: FieldsProps) {
  const { metrics: _, ...fields } = { ...call, ...revealed }
  const entries = Object.entries(fields).sort(([a], [b]) => place(a) - place(b))
  return (
    <dl className="fields">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name.replaceAll('_', ' ')}</dt>
          <dd dir="auto" className={revealed && name in revealed ? 'revealed' : undefined}>
            <Value name={name} value={value} zone={zone} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
