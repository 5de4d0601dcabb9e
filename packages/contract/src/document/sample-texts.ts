import { sampleValue } from '@cekura-kit/mock'
import type { Json, Parameter, SpecDocument } from '@cekura-kit/spec'
import { candidateValues } from './candidate-values.ts'
import { coerceText, isNode, type Node } from './contract-document.ts'

/** What joins the items of an array that is not exploded. */
const separators: { [style: string]: string } = { spaceDelimited: ' ', pipeDelimited: '|' }
const separatorOf = ({ style }: Parameter): string => separators[style] ?? ','

const hasType = ({ schema }: Parameter, type: string): boolean =>
  [schema['type']].flat().includes(type)

/** Schema of one text on the wire: of an item, for a parameter that is an array. */
const textSchemaOf = (parameter: Parameter): Node =>
  hasType(parameter, 'array') ? ((parameter.schema['items'] ?? {}) as Node) : parameter.schema

/** Values of a parameter to send: the documented examples, or one generated from its schema. */
export const exampleValuesOf = (document: SpecDocument, parameter: Parameter): Json[] =>
  parameter.examples.length > 0 ? parameter.examples : [sampleValue(document, parameter.schema)]

const toText = (value: Json): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value)

/** A value as texts on the wire: one per item of an array, otherwise one. */
export const toTexts = (value: Json): string[] => [value].flat().map(toText)

/** A value as it appears in a query, by the style of the parameter. */
export function toQuery(parameter: Parameter, value: Json): [string, string][] {
  const { name, style, explode } = parameter
  // Without a schema the value is content, which is sent as JSON.
  if (isNode(value) && hasType(parameter, 'object')) {
    const properties = Object.entries(value).map(([key, one]): [string, string] => [
      key,
      toText(one),
    ])
    if (style === 'deepObject') return properties.map(([key, text]) => [`${name}[${key}]`, text])
    return explode ? properties : [[name, properties.flat().join(',')]]
  }
  const texts = toTexts(value)
  return (explode ? texts : [texts.join(separatorOf(parameter))]).map((text) => [name, text])
}

/** Texts of a parameter as the value that its schema describes. */
export function coerceTexts(parameter: Parameter, texts: readonly string[]): unknown {
  if (!hasType(parameter, 'array')) return coerceText(parameter.schema, texts[0]!)
  const separator = separatorOf(parameter)
  const items = parameter.explode ? texts : texts.flatMap((text) => text.split(separator))
  return items.map((text) => coerceText(textSchemaOf(parameter), text))
}

/** Texts that every server reads alike: no blanks, brackets or non-ASCII letters. */
const isPortable = (text: string): boolean => /^[\w.,:+/-]{1,60}$/.test(text)

/**
 * Parameter texts near the documented ones, valid and invalid ones; the schema decides which is
 * which.
 */
export function candidateTexts(document: SpecDocument, parameter: Parameter): string[] {
  // An object has no text of its own; servers take brackets in a name for one.
  if (hasType(parameter, 'object') || /[[\]]/.test(parameter.name)) return []
  const examples = exampleValuesOf(document, parameter).flatMap((value) => [value].flat())
  const values = candidateValues(document, textSchemaOf(parameter), examples[0]!)
  const all = [...examples, '1,2', '007', ...values.map(({ value }) => value)]
  return [...new Set(all.flatMap(toTexts).filter(isPortable))]
}

/** Texts that a server has to accept: the documented ones and their equivalents. */
export function acceptedTexts(document: SpecDocument, parameter: Parameter): string[] {
  if (hasType(parameter, 'object')) return []
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
