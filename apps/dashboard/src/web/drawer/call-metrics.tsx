import type { EvaluatedMetric } from '@cekura-kit/types'

const maxMetrics = 200
const maxCharacters = 4000

const cut = (value: unknown): string => String(value).slice(0, maxCharacters)

/** Whether a binary metric passed; undefined for other metrics. */
const isPassed = ({ type, passed, score }: EvaluatedMetric): boolean | undefined =>
  passed ?? (String(type).startsWith('binary') && score != null ? score > 0 : undefined)

/** Failed metrics come first, passed ones last. */
const rankOf = (metric: EvaluatedMetric): number =>
  [false, undefined, true].indexOf(isPassed(metric))

function Result({ metric }: { metric: EvaluatedMetric }) {
  const { score, enum: label } = metric
  const passed = isPassed(metric)
  if (passed !== undefined)
    return (
      <span className={`result ${passed ? 'good' : 'bad'}`}>{passed ? 'Passed' : 'Failed'}</span>
    )
  if (label) return <span className="label-chip">{cut(label)}</span>
  return score ?? 'Not applicable'
}

/** The results of a call, failed ones first; explanations are shown when they are revealed. */
export function CallMetrics({ metrics }: { metrics: unknown }) {
  const list = (Array.isArray(metrics) ? metrics : [])
    .filter((one): one is EvaluatedMetric => typeof one === 'object' && one !== null)
    .toSorted((a, b) => rankOf(a) - rankOf(b))
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
        {list.map((metric, index) => (
          <tr key={`${metric.id} ${index}`}>
            <th scope="row" title={cut(metric.type)} dir="auto">
              {cut(metric.name)}
            </th>
            <td dir="auto">
              <Result metric={metric} />
              {Array.isArray(metric.explanation) && (
                <p className="note">{cut(metric.explanation.join(' '))}</p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
