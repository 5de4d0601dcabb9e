import { hourReader, isDimension } from '@cekura-kit/call-format'
import type { CallFacts } from './call-row.ts'

/** A property that calls are filtered and counted by. */
export interface Facet {
  title: string
  /** The value by which a call counts; empty when it has none. */
  read(call: CallFacts, zone: string): string
  /** Titles of a closed set of values; other facets take any value. */
  labels?: Readonly<Record<string, string>>
  /** Not listed in the filter panel. */
  isHidden?: boolean
}

/** Kept, because reading the hour of a time in a zone is slow at first. */
const hourReaders = new Map<string, ReturnType<typeof hourReader>>()

function hourOf(time: number, zone: string): string {
  let read = hourReaders.get(zone)
  if (!read) hourReaders.set(zone, (read = hourReader(zone)))
  return read(time)
}

/** Every facet, in the order of the filter panel. */
export const facets = {
  outcome: {
    title: 'Outcome',
    read: ({ outcome }) => outcome,
    labels: { success: 'Success', failure: 'Failure', not_evaluated: 'Not evaluated' },
  },
  topic: { title: 'Topic', read: ({ topic }) => topic },
  reason: { title: 'Ended reason', read: ({ reason }) => reason },
  dropoff: { title: 'Drop-off point', read: ({ dropoff }) => dropoff },
  reviewed: {
    title: 'Review',
    read: ({ reviewed }) => (reviewed ? 'yes' : 'no'),
    labels: { yes: 'Reviewed', no: 'Not reviewed' },
  },
  hour: {
    title: 'Hour',
    read: ({ time }, zone) => (time === null ? '' : hourOf(time, zone)),
    isHidden: true,
  },
} as const satisfies Record<string, Facet>

export type FacetName = keyof typeof facets
export const facetNames = Object.keys(facets) as FacetName[]
export const facetOf = (name: FacetName): Facet => facets[name]
/** The facets of the filter panel. */
export const panelFacets = facetNames.filter((name) => !facetOf(name).isHidden)
/** The facets that are dimensions of the breakdown. */
export const dimensionNames = facetNames.filter((name) => isDimension(name))

/** The values that a facet does not have. */
export function findWrongValue(name: FacetName, values: readonly string[]): string | undefined {
  const { labels } = facetOf(name)
  return labels && values.find((value) => !Object.hasOwn(labels, value))
}

/** A value of a facet as the page shows it. */
export function labelOf(name: FacetName, value: string): string {
  if (value === '') return '(none)'
  if (name === 'hour') return `${value}:00`
  return facetOf(name).labels?.[value] ?? value
}
