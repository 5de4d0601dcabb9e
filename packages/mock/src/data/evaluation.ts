import type { CallLog, EvaluatedMetric, Metric } from '@cekura-kit/types'
import { metrics } from './catalog.ts'
import { pick } from './random.ts'

/** A number from 0 to 1, exclusive, for each purpose of a call. */
type Unit = (purpose: number) => number

/** Labels of the enum metric, with their values. */
const sentiments = {
  positive: 'The caller thanked the agent.',
  neutral: 'The caller took note.',
  negative: 'The caller asked for a person.',
}

/** The results of every metric, as a list shows them. */
function createResults(success: boolean, unit: Unit): Metric[] {
  const csat = success ? 3 + unit(21) * 2 : 1 + unit(21) * 2.5
  const label = pick(unit(22), [
    ['positive', success ? 60 : 5],
    ['neutral', 35],
    ['negative', success ? 5 : 60],
  ] as const)
  const results: { [id: number]: Pick<Metric, 'score' | 'enum' | 'value'> } = {
    310: { score: Number((0.4 + unit(20) * 2).toFixed(2)) },
    311: { score: Math.round(csat * 2) / 2 },
    312: { enum: label, value: sentiments[label] },
    320: { score: success ? 5 : 0 },
  }
  return metrics.map(({ id, name, eval_type }) => ({ id, name, type: eval_type, ...results[id] }))
}

/** Most calls succeed, but none that broke or that no one answered. */
export const succeeds = (endedReason: string, unit: Unit): boolean =>
  !/error|did-not-answer/.test(endedReason) && unit(4) < 0.78

/** What the evaluation of a call sets. */
export function evaluate(
  endedReason: string,
  unit: Unit,
): Pick<CallLog, 'success' | 'status' | 'metrics'> {
  const success = succeeds(endedReason, unit)
  return {
    success,
    status: success ? 'success' : 'failure',
    metrics: endedReason.includes('did-not-answer') ? [] : createResults(success, unit),
  }
}

function explain({ score, value, type }: Metric): string {
  if (type === 'binary')
    return score === 5 ? 'Every step of the script happened.' : 'The closing question is missing.'
  return value ?? (score === undefined ? 'No reason was given.' : `The result is ${score}.`)
}

/** The same results with explanations, as a single call shows them. An inserted value can be anything. */
export const explainResults = (results: unknown): EvaluatedMetric[] =>
  (Array.isArray(results) ? (results as Metric[]) : []).map((metric) =>
    metric instanceof Object ? { ...metric, explanation: [explain(metric)], extra: {} } : metric,
  )
