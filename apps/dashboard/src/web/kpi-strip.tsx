import type { Kpis } from '../shared/dashboard-api.ts'
import { formatCount, formatSeconds, formatShare } from './format.ts'

function change(now: number | null, before: number | null | undefined): string {
  if (now === null || before === null || before === undefined || before === 0) return ''
  const percent = ((now - before) / before) * 100
  return `${percent >= 0 ? '+' : '−'}${Math.abs(percent).toFixed(1)}% on the period before`
}

const rate = ({ successes, failures }: Kpis): number | null =>
  successes + failures === 0 ? null : successes / (successes + failures)

/** The figures of the filtered calls, each beside the period before. */
export function KpiStrip({ now, before }: { now: Kpis; before: Kpis | undefined }) {
  const judged = now.successes + now.failures
  const cards = [
    ['Calls', formatCount(now.calls), change(now.calls, before?.calls)],
    [
      'Success rate',
      formatShare(now.successes, judged),
      `${formatCount(now.unjudged)} not judged, left out`,
      change(rate(now), before && rate(before)),
    ],
    [
      'Median duration',
      formatSeconds(now.medianSeconds),
      change(now.medianSeconds, before?.medianSeconds),
    ],
    ['90th percentile', formatSeconds(now.p90Seconds), change(now.p90Seconds, before?.p90Seconds)],
    ['Reviewed', formatShare(now.reviewed, now.calls), `${formatCount(now.reviewed)} calls`],
  ]
  return (
    <ul className="kpis" aria-label="Key figures">
      {cards.map(([title, value, ...notes]) => (
        <li key={title} className="card">
          <span className="title">{title}</span>
          <strong>{value}</strong>
          {notes.filter(Boolean).map((note) => (
            <span className="note" key={note}>
              {note}
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}
