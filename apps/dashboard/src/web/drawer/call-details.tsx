import { formatSeconds, outcomeOf, readDuration } from '@cekura-kit/call-format'
import type { ReactNode } from 'react'
import type { CallDetails as Call } from '../../shared/dashboard-api.ts'
import { labelOf } from '../../shared/facets.ts'
import { describeTime, formatWithYear } from '../../shared/format.ts'
import { api } from '../api.ts'
import { Button } from '../controls/button.tsx'
import { CopyButton } from '../controls/copy-button.tsx'
import type { PageProps } from '../page.ts'
import { OutcomeBadge } from '../table/outcome-badge.tsx'
import { toProblem } from '../use-calls.ts'
import { CallMetrics } from './call-metrics.tsx'
import { Transcript } from './transcript.tsx'

type DetailsProps = PageProps & { call: Call }

const maxCharacters = 20_000
/** Shown above the other properties. */
const leading = new Set([
  'timestamp',
  'success',
  'status',
  'is_reviewed',
  'duration',
  'topic',
  'call_ended_reason',
  'evaluation',
  'transcript',
  'transcript_object',
])

const cut = (text: string): string =>
  text.length > maxCharacters ? `${text.slice(0, maxCharacters)}… (cut)` : text

const isEmpty = (value: unknown): boolean =>
  (value ?? '') === '' || (Array.isArray(value) && value.length === 0)

function Value({ value, zone }: { value: unknown; zone: string }) {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'object')
    return <pre className="value">{cut(JSON.stringify(value, null, 2))}</pre>
  const text = String(value)
  const isTime = /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text))
  if (!isTime) return cut(text)
  return (
    <time dateTime={text} title={describeTime(text)}>
      {formatWithYear(text, zone)} ({zone})
    </time>
  )
}

/** Titles and what belongs to them. */
const Properties = ({ className, items }: { className: string; items: [string, ReactNode][] }) => (
  <dl className={className}>
    {items.map(([title, value]) => (
      <div key={title}>
        <dt>{title}</dt>
        <dd dir="auto">{value}</dd>
      </div>
    ))}
  </dl>
)

/** What a user asks first: outcome, when, how long, why it ended, about what. */
const answersOf = (call: Call, zone: string): [string, ReactNode][] => [
  ['Outcome', <OutcomeBadge outcome={outcomeOf(call)} reviewed={call['is_reviewed'] === true} />],
  ['Time', <Value value={call['timestamp']} zone={zone} />],
  ['Duration', formatSeconds(readDuration(call['duration']))],
  ['Ended reason', cut(labelOf('reason', String(call['call_ended_reason'] ?? '')))],
  ['Topic', cut(labelOf('topic', String(call['topic'] ?? '')))],
]

/** A call: the answer first, then metrics, the transcript and all other declared properties. */
export function CallDetails({ call, page }: DetailsProps) {
  const { tz: zone } = page.view
  const { data, error, mutate, reset } = api.useMutation('get', '/api/reveal')
  const revealed = data?.call
  const missing = data && !revealed ? 'Call not found' : undefined
  const problem = error ? toProblem(error).title : missing
  const reveal = (): void =>
    mutate({ params: { query: { agent_id: page.agentId, id: Number(call['id']) } } })
  const shown = revealed ?? call
  const { evaluation, transcript, transcript_object: entries } = shown
  const hasTranscript = !isEmpty(entries) || !isEmpty(transcript)
  const others = Object.entries(shown)
    .filter(([name, value]) => !leading.has(name) && !isEmpty(value))
    .map(([name, value]): [string, ReactNode] => [
      name.replaceAll('_', ' '),
      <span className={value === call[name] ? undefined : 'revealed'}>
        <Value value={value} zone={zone} />
      </span>,
    ])
  return (
    <div className="drawer-body">
      <Properties className="call-answer" items={answersOf(call, zone)} />
      <h3>Metrics</h3>
      <CallMetrics metrics={(evaluation as { metrics?: unknown } | null | undefined)?.metrics} />
      <h3>Transcript</h3>
      <div className="personal">
        {page.settings.canReveal ? (
          <Button
            icon={revealed ? 'lock' : 'eye'}
            aria-pressed={Boolean(revealed)}
            onClick={revealed ? reset : reveal}
          >
            {revealed ? 'Hide personal data' : 'Reveal personal data'}
          </Button>
        ) : (
          <p className="note">Personal data stays masked here.</p>
        )}
        {problem && (
          <p className="note mistake" role="alert">
            {problem}
          </p>
        )}
      </div>
      {revealed || !hasTranscript ? (
        <Transcript entries={entries} text={transcript} />
      ) : (
        <p className="note">The transcript is masked.</p>
      )}
      <h3>Other properties</h3>
      <Properties className="fields" items={others} />
      <CopyButton text={() => JSON.stringify(call, null, 2)} label="Copy masked JSON" />
    </div>
  )
}
