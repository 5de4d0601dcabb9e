import type { Metric } from '@cekura-kit/types'

const maxMetrics = 200
const maxCharacters = 2000

const cut = (value: unknown): string => String(value).slice(0, maxCharacters)

/** Lower scores first: a binary metric that failed has the score 0. */
const byScore = (a: Metric, b: Metric): number => (a.score ?? Infinity) - (b.score ?? Infinity)

/** The results of a call, lowest scores first. */
export function CallMetrics({ metrics }: { metrics: unknown }) {
  const list = (Array.isArray(metrics) ? metrics : [])
    .filter((one): one is Metric => typeof one === 'object' && one !== null)
    .toSorted(byScore)
    .slice(0, maxMetrics)
  if (list.length === 0) return <p className="note">This call has no metric results.</p>
  return (
    <table className="metrics">
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {list.map(({ id, name, type, score, enum: label, value }, index) => (
          <tr key={`${id} ${index}`}>
            <th scope="row" title={String(type)} dir="auto">
              {cut(name)}
            </th>
            <td dir="auto">
              {score ?? (label ? '' : '–')}
              {label && <span className="label-chip">{cut(label)}</span>}{' '}
              {value && value !== label && cut(value)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
