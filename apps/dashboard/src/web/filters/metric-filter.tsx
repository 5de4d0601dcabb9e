import type { MetricSummary } from '../../shared/dashboard-api.ts'
import { metricCondition, replaceMetric } from '../condition.ts'
import { setUrl } from '../use-view.ts'
import type { View } from '../view.ts'
import { BoundsFilter, type Bounds } from './bounds-filter.tsx'
import { ValueList } from './value-list.tsx'

interface MetricProps {
  metric: MetricSummary
  view: View
}

const readScore = (text: string): number | undefined =>
  /^-?\d*\.?\d+$/.test(text.trim()) ? Number(text) : undefined
const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined)

function ScoreFilter({ metric: { id, name }, view }: MetricProps) {
  const own = view.metric.find((one) => one.id === id)
  const range = own && 'from' in own ? own : undefined
  const apply = ({ from = -Infinity, to = Infinity }: Bounds): void => {
    // A bar of a chart excludes its upper end, which stays so when the other end changes.
    const isOpen = range?.isOpen === true && range.to === to
    const isAny = from === -Infinity && to === Infinity
    setUrl(replaceMetric(view, id, isAny ? undefined : { id, from, to, isOpen }))
  }
  return (
    <BoundsFilter
      title={name}
      bounds={range ? { from: finite(range.from), to: finite(range.to) } : {}}
      read={readScore}
      format={String}
      hint="Use a number such as 2.5."
      onApply={apply}
    />
  )
}

function LabelFilter({ metric: { id, name, labels }, view }: MetricProps) {
  const inUse = view.metric.flatMap((one) => (one.id === id && 'label' in one ? one.label : []))
  return (
    <ValueList
      title={name}
      values={labels}
      distinct={labels.length}
      inUse={inUse}
      conditionOf={(label) => metricCondition(view, { id, label })}
    />
  )
}

/** A range for a metric with scores, a choice for one with labels. */
export const MetricFilter = (props: MetricProps) =>
  props.metric.kind === 'number' ? <ScoreFilter {...props} /> : <LabelFilter {...props} />
