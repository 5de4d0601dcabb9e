import { sampleValue } from '@cekura-kit/mock'
import type { Json, Parameter, SpecDocument } from '@cekura-kit/spec'
import { candidateValues } from './candidate-values.ts'
import { coerceText, type Node } from './contract-document.ts'

const isArray = ({ schema }: Parameter): boolean => [schema['type']].flat().includes('array')

/** Schema of one text on the wire: of an item, for a parameter that is an array. */
const textSchemaOf = (parameter: Parameter): Node =>
  isArray(parameter) ? ((parameter.schema['items'] ?? {}) as Node) : parameter.schema

/** Values of a parameter to send: the documented examples, or one generated from its schema. */
export const exampleValuesOf = (document: SpecDocument, parameter: Parameter): Json[] =>
  parameter.examples.length > 0 ? parameter.examples : [sampleValue(document, parameter.schema)]

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

/** Texts that every server reads alike: no blanks, brackets or non-ASCII letters. */
const isPortable = (text: string): boolean => /^[\w.,:+/-]{1,60}$/.test(text)

/**
 * Parameter texts near the documented ones, valid and invalid ones; the schema decides which is
 * which.
 */
export function candidateTexts(document: SpecDocument, parameter: Parameter): string[] {
  const examples = exampleValuesOf(document, parameter).flatMap((value) => [value].flat())
  const values = candidateValues(document, textSchemaOf(parameter), examples[0]!)
  const all = [...examples, '1,2', '007', ...values.map(({ value }) => value)]
  return [...new Set(all.flatMap(toTexts).filter(isPortable))]
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
