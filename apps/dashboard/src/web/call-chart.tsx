import type { Bucket } from '../shared/dashboard-api.ts'
import { formatCount, formatTime } from './format.ts'

const width = 1000
const height = 120
const parts = ['success', 'failure', 'unjudged'] as const

/** Calls over time, stacked by outcome, with the same figures as a table beneath. */
export function CallChart({ buckets, zone }: { buckets: readonly Bucket[]; zone: string }) {
  const sums = buckets.map((bucket) => parts.reduce((sum, part) => sum + bucket[part], 0))
  const most = Math.max(1, ...sums)
  const step = width / buckets.length
  return (
    <section className="card" aria-label="Calls over time">
      <h2>
        Calls over time{' '}
        <span className="legend">
          {parts.map((part) => (
            <span key={part} className={part}>
              {part === 'unjudged' ? 'not judged' : part}
            </span>
          ))}
        </span>
        <span className="note">peak {formatCount(Math.max(0, ...sums))}</span>
      </h2>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {buckets.map((bucket, index) => {
          let top = height
          return (
            <g key={bucket.start}>
              <title>{`${formatTime(bucket.start, zone)}: ${sums[index]} calls`}</title>
              {parts.map((part) => {
                const size = (bucket[part] / most) * (height - 2)
                top -= size
                return (
                  <rect
                    key={part}
                    className={part}
                    x={index * step + 1}
                    y={top}
                    width={Math.max(1, step - 2)}
                    height={size}
                  />
                )
              })}
            </g>
          )
        })}
      </svg>
      <p className="axis" aria-hidden="true">
        <span>{buckets[0] && formatTime(buckets[0].start, zone)}</span>
        <span>{buckets.at(-1) && formatTime(buckets.at(-1)!.end, zone)}</span>
      </p>
      <details>
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              {parts.map((part) => (
                <th scope="col" key={part}>
                  {part}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {buckets.map((bucket) => (
              <tr key={bucket.start}>
                <th scope="row">{formatTime(bucket.start, zone)}</th>
                {parts.map((part) => (
                  <td key={part}>{formatCount(bucket[part])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}
