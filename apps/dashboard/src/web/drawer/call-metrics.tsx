import type { Metric } from '@cekura-kit/types'

const maxMetrics = 200
const maxCharacters = 2000

/** What a call was scored on. */
export function CallMetrics({ metrics }: { metrics: unknown }) {
  const list = (Array.isArray(metrics) ? metrics : [])
    .filter((one): one is Metric => typeof one === 'object' && one !== null)
    .slice(0, maxMetrics)
  if (list.length === 0) return <p className="note">This call was not scored.</p>
  return (
    <table className="metrics">
      <thead>
        <tr>
          <th scope="col">Metric</th>
          <th scope="col" className="right">
            Score
          </th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {list.map(({ id, name, type, score, enum: label, value }, index) => (
          <tr key={`${id} ${index}`}>
            <th scope="row" title={String(type)}>
              {String(name).slice(0, maxCharacters)}
            </th>
            <td className="right">{score ?? '–'}</td>
            <td dir="auto">
              {label && <span className="label-chip">{label.slice(0, maxCharacters)}</span>}{' '}
              {value && String(value).slice(0, maxCharacters)}
              {!label && !value && '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
