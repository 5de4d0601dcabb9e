import { isTimeZone } from '@cekura-kit/call-format'
import { readChoice, readList, type Choice } from './choice.ts'
import { facetNames, findWrongValue, type FacetName } from './facets.ts'
import { readMetricFilter } from './metric-filter.ts'

const maxListCharacters = 4000

export const readInteger = (text: string): number | undefined =>
  /^\d{1,15}$/.test(text) ? Number(text) : undefined

export const readZone = (text: string): string | undefined => (isTimeZone(text) ? text : undefined)

/** Reads all values of a list; undefined when one is not valid. */
export const listOf =
  <Value>(split: (text: string) => string[], read: (text: string) => Value | undefined) =>
  (text: string): Value[] | undefined => {
    const values = text.length > maxListCharacters ? [undefined] : split(text).map(read)
    return values.every((value) => value !== undefined) ? values : undefined
  }

const readFacet =
  (name: FacetName) =>
  (text: string): Choice | undefined => {
    const choice = readChoice(text)
    const isWrong =
      text.length > maxListCharacters || findWrongValue(name, choice.values) !== undefined
    return isWrong ? undefined : choice
  }

/**
 * Reads each parameter of a filter, in the page's URL and in a request; undefined when its value is
 * not valid.
 */
export const filterReaders = {
  ...(Object.fromEntries(facetNames.map((name) => [name, readFacet(name)])) as Record<
    FacetName,
    ReturnType<typeof readFacet>
  >),
  min: readInteger,
  max: readInteger,
  metric: listOf(readList, readMetricFilter),
  q: (text: string) => (text.length <= 200 ? text : undefined),
}

type Readers = typeof filterReaders
export type FilterName = keyof Readers
export const filterNames = Object.keys(filterReaders) as FilterName[]

/** What calls must be to be shown. `min` and `max` are seconds. */
export type CallFilter = { [Name in FilterName]?: ReturnType<Readers[Name]> } & {
  /** IANA time zone in which hours start. */
  zone: string
}
