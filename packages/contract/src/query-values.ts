import type { Parameter } from '@cekura-kit/spec'
import { coerceText, type Node } from './contract-document.ts'

const oddTexts = '|abc|1.5|true|null|1,2|0|-1|007|9007199254740991| |[1]|{}|ü'.split('|')

const text = (value: unknown): string => String(value)

/**
 * Query texts that touch what a parameter's schema says, good and bad ones alike; a schema judges
 * which is which. Re-expressed from the coverage phase of Schemathesis: every wrong type, each side
 * of each bound, broken formats, the empty text.
 */
export function queryTexts({ schema, examples }: Pick<Parameter, 'schema' | 'examples'>): string[] {
  const first = text(examples[0] ?? '1')
  const { enum: words, minimum, maximum, minLength, maxLength, format } = schema
  const near = (bound: unknown): string[] =>
    typeof bound === 'number' ? [bound - 1, bound, bound + 1].map(text) : []
  const long = (length: unknown, from = 0): string[] =>
    typeof length === 'number'
      ? [length - 1, length, length + 1]
          .filter((size) => size >= from)
          .map((size) => first.padEnd(size, first.at(-1)).slice(0, size))
      : []
  const all = [
    ...examples.map(text),
    ...(Array.isArray(words) ? words.map(text) : []),
    ...oddTexts,
    'x'.repeat(300),
    ...near(minimum),
    ...near(maximum),
    ...near(schema['exclusiveMinimum']),
    ...near(schema['exclusiveMaximum']),
    ...long(minLength),
    ...long(maxLength),
    ...(format === undefined
      ? []
      : [
          '2025-01-15T09:30:00+02:00',
          '2025-01-15T09:30:00.250Z',
          'yesterday',
          '2025-01-15',
          '2025-01-15T09:30:00',
          '2025-13-01T00:00:00Z',
          '2025-02-30T00:00:00Z',
          '2025-01-15T25:00:00Z',
          '1736933400',
          'https://example.com/a',
        ]),
  ]
  return [...new Set(all)]
}

/** Texts that a service with this parameter has to accept: the documented ones and their like. */
export function acceptedTexts({ schema, examples }: Pick<Parameter, 'schema' | 'examples'>) {
  const { format, minLength, enum: words } = schema as Node
  const first = text(examples[0])
  return [
    ...new Set([
      ...examples.map(text),
      ...(Array.isArray(words) ? words.map(text) : []),
      // The shortest that is allowed, of a character the example has.
      ...(typeof minLength === 'number' ? [first.slice(0, minLength)] : []),
      ...(format === 'date-time'
        ? ['2025-01-15T09:30:00+02:00', '2025-01-15T09:30:00.250Z', '2025-01-15T09:30:00-00:00']
        : []),
    ]),
  ]
}

/** Texts of {@link queryTexts} that no reading of HTTP makes anything else of. */
export function wireTexts(parameter: Pick<Parameter, 'schema' | 'examples'>): string[] {
  // Blanks, brackets and letters outside of ASCII are read differently by every parser of queries.
  return queryTexts(parameter).filter((value) => /^[\w.,:+/-]{1,60}$/.test(value))
}

/** A query text as the value that a parameter's schema speaks of. */
export const coerceQuery = ({ schema }: Pick<Parameter, 'schema'>, value: string): unknown =>
  coerceText(schema, value)
