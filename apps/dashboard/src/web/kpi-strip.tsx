import type { Kpis } from '../shared/dashboard-api.ts'
import { formatCalls, formatCount, formatSeconds, formatShare } from './format.ts'

interface Change {
  text: string
  tone: 'good' | 'bad' | ''
  title: string
}

const sign = (value: number): string => (value > 0 ? '+' : value < 0 ? '−' : '±')

function changeOf(
  now: number | null,
  before: number | null | undefined,
  format: (value: number) => string,
): Change | undefined {
  if (now === null || before === null || before === undefined || before === 0) return undefined
  const percent = ((now - before) / before) * 100
  return {
    text: `${sign(percent)}${Math.abs(percent).toFixed(1)}%`,
    tone: '',
    title: `${format(before)} in the equal span before`,
  }
}

function pointsOf(
  now: number | null,
  before: number | null,
  isJudged: boolean,
): Change | undefined {
  if (now === null || before === null) return undefined
  const points = (now - before) * 100
  const tone = !isJudged || Math.abs(points) < 0.05 ? '' : points > 0 ? 'good' : 'bad'
  return {
    text: `${sign(points)}${Math.abs(points).toFixed(1)} pp`,
    tone,
    title: `${(before * 100).toFixed(1)}% in the equal span before`,
  }
}

/** What `formatSeconds` counts in. */
const unitOf = (seconds: number | null): string =>
  seconds === null ? '' : Math.round(seconds) < 3600 ? 'min' : 'h'

const beforeOf = (seconds: number | null | undefined): string =>
  seconds === null || seconds === undefined ? '' : `${formatSeconds(seconds)} before`

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

interface Card {
  title: string
  value: string
  unit?: string
  note: string
  change: Change | undefined
}

function listCards(now: Kpis, before: Kpis | undefined): Card[] {
  const judged = now.successes + now.failures
  const judgedBefore = before ? before.successes + before.failures : 0
  return [
    {
      title: 'Calls',
      value: formatCount(now.calls),
      note: before ? `${formatCount(before.calls)} before` : '',
      change: changeOf(now.calls, before?.calls, formatCount),
    },
    {
      title: 'Success rate',
      value: formatShare(now.successes, judged),
      note: `${formatCount(now.unjudged)} not judged, left out`,
      change: pointsOf(
        share(now.successes, judged),
        share(before?.successes ?? 0, judgedBefore),
        true,
      ),
    },
    {
      title: 'Median duration',
      value: formatSeconds(now.medianSeconds),
      unit: unitOf(now.medianSeconds),
      note: beforeOf(before?.medianSeconds),
      change: changeOf(now.medianSeconds, before?.medianSeconds, formatSeconds),
    },
    {
      title: 'P90 duration',
      value: formatSeconds(now.p90Seconds),
      unit: unitOf(now.p90Seconds),
      note: beforeOf(before?.p90Seconds),
      change: changeOf(now.p90Seconds, before?.p90Seconds, formatSeconds),
    },
    {
      title: 'Reviewed',
      value: formatShare(now.reviewed, now.calls),
      note: formatCalls(now.reviewed),
      change: pointsOf(
        share(now.reviewed, now.calls),
        share(before?.reviewed ?? 0, before?.calls ?? 0),
        false,
      ),
    },
  ]
}

/** The figures of the filtered calls, each beside the equal span before. */
export function KpiStrip({ now, before }: { now: Kpis; before: Kpis | undefined }) {
  return (
    <ul className="kpis" aria-label="Key figures">
      {listCards(now, before).map(({ title, value, unit, note, change }) => (
        <li key={title} className="card kpi">
          <span className="title" title={title}>
            {title}
          </span>
          <span className="value">
            <strong>{value}</strong>
            {unit && <span className="unit"> {unit}</span>}
            {change && (
              <span className={`change ${change.tone}`} title={change.title}>
                {change.text}
                <span className="visually-hidden"> on the span before</span>
              </span>
            )}
          </span>
          <span className="note">{note}</span>
        </li>
      ))}
    </ul>
  )
}
