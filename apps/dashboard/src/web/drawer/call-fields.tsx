import type { CallLog } from '@cekura-kit/types'
import { describeInstant, formatSecond, formatSeconds, readSeconds, type Zone } from '../format.ts'
import { NumberCell } from '../table/number-cell.tsx'
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
const mostCharacters = 20_000

const cut = (text: string): string =>
  text.length > mostCharacters ? `${text.slice(0, mostCharacters)}… (cut)` : text

const place = (name: string): number => {
  const index = order.indexOf(name)
  return index === -1 ? order.length : index
}

interface FieldsProps {
  call: CallLog
  agentId: number
  zone: Zone
  canReveal: boolean
}

function Value({ name, value, ...context }: FieldsProps & { name: string; value: unknown }) {
  const { call, agentId, zone, canReveal } = context
  if (value === null || value === undefined || value === '') return <span className="none">–</span>
  if (name === 'customer_number')
    return (
      <NumberCell
        agentId={agentId}
        id={call.id}
        masked={String(value)}
        canReveal={canReveal}
        isRoomy
      />
    )
  if (name === 'status') return <StatusBadge status={String(value)} />
  if (instants.has(name) && typeof value === 'string')
    return (
      <time dateTime={value} title={describeInstant(value)}>
        {formatSecond(value, zone)} {zone === 'UTC' ? 'UTC' : 'local time'}
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
export function CallFields(props: FieldsProps) {
  const { metrics: _, ...fields } = props.call
  const entries = Object.entries(fields).sort(([a], [b]) => place(a) - place(b))
  return (
    <dl className="fields">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name.replaceAll('_', ' ')}</dt>
          <dd dir="auto">
            <Value {...props} name={name} value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
