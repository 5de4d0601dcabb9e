import { dimensionReader } from '@cekura-kit/call-format'
import type { CallFacts } from './call-row.ts'

/** A property that calls are filtered and counted by. */
export interface Facet {
  title: string
  /** The value by which a call counts; empty when it has none. */
  read(call: CallFacts, zone: string): string
  /** Titles of a closed set of values; other facets take any value. */
  labels?: Readonly<Record<string, string>>
  /** Can be a dimension of the breakdown. */
  isDimension?: boolean
  /** Not listed in the filter panel. */
  isHidden?: boolean
}

const hourReaders = new Map<string, (call: Readonly<Record<string, unknown>>) => string>()

function hourOf(time: number | null, zone: string): string {
  if (time === null) return ''
  let read = hourReaders.get(zone)
  if (!read) hourReaders.set(zone, (read = dimensionReader('hour', zone)))
  return read({ timestamp: new Date(time).toISOString() })
}

/** Every facet, in the order of the filter panel. */
export const facets = {
  outcome: {
    title: 'Outcome',
    read: ({ outcome }) => outcome,
    labels: { success: 'Success', failure: 'Failure', not_evaluated: 'Not evaluated' },
  },
  topic: { title: 'Topic', read: ({ topic }) => topic, isDimension: true },
  reason: { title: 'Ended reason', read: ({ reason }) => reason, isDimension: true },
  dropoff: { title: 'Drop-off point', read: ({ dropoff }) => dropoff, isDimension: true },
  reviewed: {
    title: 'Review',
    read: ({ reviewed }) => (reviewed ? 'yes' : 'no'),
    labels: { yes: 'Reviewed', no: 'Not reviewed' },
  },
  hour: {
    title: 'Hour',
    read: ({ time }, zone) => hourOf(time, zone),
    isDimension: true,
    isHidden: true,
  },
} as const satisfies Record<string, Facet>

export type FacetName = keyof typeof facets
export const facetNames = Object.keys(facets) as FacetName[]
export const facetOf = (name: FacetName): Facet => facets[name]
/** The facets of the filter panel. */
export const panelFacets = facetNames.filter((name) => !facetOf(name).isHidden)
export const dimensionNames = facetNames.filter((name) => facetOf(name).isDimension) as (
  | 'topic'
  | 'reason'
  | 'dropoff'
  | 'hour'
)[]

/** The values that a facet does not have. */
export function findWrongValue(name: FacetName, values: readonly string[]): string | undefined {
  const { labels } = facetOf(name)
  return labels && values.find((value) => !Object.hasOwn(labels, value))
}

/** A value of a facet as the page shows it. */
export function labelOf(name: FacetName, value: string): string {
  if (value === '') return '(none)'
  if (name === 'hour') return `${value}:00`
  const { labels } = facetOf(name)
  return labels && Object.hasOwn(labels, value) ? labels[value]! : value
}
