import type { Json, Parameter, SpecDocument } from '@cekura-kit/spec'
import { coerceText, type Node } from './contract-document.ts'
import { generateValue } from './generate-value.ts'

const oddTexts = '|abc|1.5|true|null|1,2|0|-1|007|9007199254740991| |[1]|{}|ü'.split('|')

const isArray = ({ schema }: Parameter): boolean => [schema['type']].flat().includes('array')

/** Schema of one text on the wire: of an item, for a parameter that is an array. */
const textSchemaOf = (parameter: Parameter): Node =>
  isArray(parameter) ? ((parameter.schema['items'] ?? {}) as Node) : parameter.schema

/** Values of a parameter to send: the documented examples, or one generated from its schema. */
export const exampleValuesOf = (document: SpecDocument, parameter: Parameter): Json[] =>
  parameter.examples.length > 0 ? parameter.examples : [generateValue(document, parameter.schema)]

/** A value as texts on the wire: one per item of an array, otherwise one. */
export const toTexts = (value: Json): string[] =>
  [value].flat().map((item) => (typeof item === 'object' ? JSON.stringify(item) : String(item)))

/** A value as it appears in a query: repeated, or joined with commas if the parameter says so. */
export const toQuery = (parameter: Parameter, value: Json): [string, string][] =>
  (parameter.explode ? toTexts(value) : [toTexts(value).join(',')]).map((text) => [
    parameter.name,
    text,
  ])

/** Texts of a parameter as the value that its schema describes. */
export function coerceTexts(parameter: Parameter, texts: readonly string[]): unknown {
  if (!isArray(parameter)) return coerceText(parameter.schema, texts[0]!)
  const items = parameter.explode ? texts : texts.flatMap((text) => text.split(','))
  return items.map((text) => coerceText(textSchemaOf(parameter), text))
}

const around = (bound: Json | undefined): number[] =>
  typeof bound === 'number' ? [bound - 1, bound, bound + 1] : []

/**
 * Parameter texts at the limits of a schema, valid and invalid ones; the schema decides which is
 * which. The kinds follow the coverage phase of Schemathesis: wrong types, both sides of each bound,
 * malformed formats, the empty string.
 */
export function candidateTexts(document: SpecDocument, parameter: Parameter): string[] {
  const schema = textSchemaOf(parameter)
  const examples = exampleValuesOf(document, parameter).flatMap(toTexts)
  const first = examples[0] ?? '1'
  const { enum: values, minimum, maximum, minLength, maxLength, format } = schema
  const sized = (length: Json | undefined): string[] =>
    around(length)
      .filter((size) => size >= 0)
      .map((size) => first.padEnd(size, first.at(-1)).slice(0, size))
  return [
    ...new Set([
      ...examples,
      ...(Array.isArray(values) ? values.map(String) : []),
      ...oddTexts,
      'x'.repeat(300),
      ...[minimum, maximum, schema['exclusiveMinimum'], schema['exclusiveMaximum']]
        .flatMap(around)
        .map(String),
      ...sized(minLength),
      ...sized(maxLength),
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
    ]),
  ]
}

/** Texts that a server has to accept: the documented ones and their equivalents. */
export function acceptedTexts(document: SpecDocument, parameter: Parameter): string[] {
  const { format, minLength, enum: values } = textSchemaOf(parameter)
  const examples = exampleValuesOf(document, parameter).flatMap(toTexts)
  return [
    ...new Set([
      ...examples,
      ...(Array.isArray(values) ? values.map(String) : []),
      // The shortest string that is allowed, made from the example.
      ...(typeof minLength === 'number' ? [examples[0]!.slice(0, minLength)] : []),
      ...(format === 'date-time'
        ? ['2025-01-15T09:30:00+02:00', '2025-01-15T09:30:00.250Z', '2025-01-15T09:30:00-00:00']
        : []),
    ]),
  ]
}

/** Texts that every server reads alike; blanks, brackets and non-ASCII letters are left out. */
export const isPortable = (text: string): boolean => /^[\w.,:+/-]{1,60}$/.test(text)
