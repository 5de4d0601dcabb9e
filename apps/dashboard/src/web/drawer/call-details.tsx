import { outcomeOf, readDuration } from '@cekura-kit/call-format'
import type { CallDetails as Call } from '../../shared/dashboard-api.ts'
import { labelOf } from '../../shared/facets.ts'
import { describeTime, formatLength, formatWithYear } from '../../shared/format.ts'
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
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0)

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

interface RevealProps {
  isShown: boolean
  problem: string | undefined
  onClick: () => void
}

/** Shows or hides the transcript and the other personal data of the call. */
const RevealSwitch = ({ isShown, problem, onClick }: RevealProps) => (
  <div className="personal">
    <Button icon={isShown ? 'lock' : 'eye'} aria-pressed={isShown} onClick={onClick}>
      {isShown ? 'Hide personal data' : 'Reveal personal data'}
    </Button>
    {problem && (
      <span className="note mistake" role="alert">
        {problem}
      </span>
    )}
  </div>
)

/** What a user asks first: outcome, when, how long, why it ended, about what. */
function Answer({ call, zone }: { call: Call; zone: string }) {
  const reviewed = call['is_reviewed'] === true
  const facts = [
    [
      'Outcome',
      <>
        <OutcomeBadge outcome={outcomeOf(call)} reviewed={reviewed} />
        {reviewed && ' reviewed'}
      </>,
    ],
    ['Time', <Value value={call['timestamp']} zone={zone} />],
    ['Duration', formatLength(readDuration(call['duration']))],
    ['Ended reason', cut(labelOf('reason', String(call['call_ended_reason'] ?? '')))],
    ['Topic', cut(labelOf('topic', String(call['topic'] ?? '')))],
  ] as const
  return (
    <dl className="call-answer">
      {facts.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A call: the answer first, then metrics, the transcript and all other declared properties. */
export function CallDetails({ call, page }: DetailsProps) {
  const { tz: zone } = page.view
  const { data, error, mutate, reset } = api.useMutation('get', '/api/reveal')
  const revealed = data?.call
  const missing = data && !revealed ? 'Call not found' : undefined
  const reveal = (): void =>
    mutate({ params: { query: { agent_id: page.agentId, id: Number(call['id']) } } })
  const shown = revealed ?? call
  const { evaluation, transcript, transcript_object: entries } = shown
  const hasTranscript = !isEmpty(entries) || !isEmpty(transcript)
  const others = Object.entries(shown).filter(
    ([name, value]) => !leading.has(name) && !isEmpty(value),
  )
  return (
    <div className="drawer-body">
      <Answer call={call} zone={zone} />
      <h3>Metrics</h3>
      <CallMetrics metrics={(evaluation as { metrics?: unknown } | null | undefined)?.metrics} />
      <h3>Transcript</h3>
      {page.settings.canReveal ? (
        <RevealSwitch
          isShown={Boolean(revealed)}
          problem={error ? toProblem(error).title : missing}
          onClick={revealed ? reset : reveal}
        />
      ) : (
        <p className="note personal">Personal data stays masked here.</p>
      )}
      {revealed || !hasTranscript ? (
        <Transcript entries={entries} text={transcript} />
      ) : (
        <p className="note">The transcript is masked.</p>
      )}
      <h3>Other properties</h3>
      <dl className="fields">
        {others.map(([name, value]) => (
          <div key={name}>
            <dt>{name.replaceAll('_', ' ')}</dt>
            <dd dir="auto" className={value === call[name] ? undefined : 'revealed'}>
              <Value value={value} zone={zone} />
            </dd>
          </div>
        ))}
      </dl>
      <CopyButton text={() => JSON.stringify(call, null, 2)} label="Copy masked JSON" />
    </div>
  )
}
