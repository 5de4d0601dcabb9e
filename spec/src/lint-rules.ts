import type { Oas3Rule, Plugin } from '@redocly/openapi-core'

const origins = ['published', 'inferred', 'chosen']

interface SchemaLike {
  type?: string | string[]
  format?: string
  description?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  'x-unit'?: string
  'x-sensitive'?: unknown
}

/** Ids and page numbers are integers that count nothing. */
const isIdentifier = (name: string, description = ''): boolean =>
  /(^|[_-])ids?$/i.test(name) || /\bids?\b/i.test(description) || name === 'page'

const isQuantity = (schema: SchemaLike): boolean =>
  [schema.type].flat().some((type) => type === 'integer' || type === 'number') ||
  schema.format === 'date-time'

/** What is missing about the unit of a quantity, with the fix. */
function unitProblems(
  kind: 'parameter' | 'header' | 'property',
  name: string,
  owner: SchemaLike,
  schema: SchemaLike = owner,
): string[] {
  const { 'x-unit': unit, description = '' } = owner
  if (!isQuantity(schema) || (schema.format !== 'date-time' && isIdentifier(name, description)))
    return []
  if (!unit)
    return [
      `${kind} "${name}" needs a unit: add \`x-unit\`, for example \`x-unit: seconds\`, and repeat the unit in its description`,
    ]
  // The generator copies descriptions into the types, but not `x-unit`.
  return description.includes(unit)
    ? []
    : [`the description of ${kind} "${name}" must contain its unit: add "${unit}"`]
}

/** Limits of a schema that its description does not repeat, with the fix. */
const limitProblems = (name: string, schema: SchemaLike, description = ''): string[] =>
  (['minLength', 'maxLength', 'minimum', 'maximum'] as const)
    .filter((key) => schema[key] !== undefined && !description.includes(String(schema[key])))
    .map(
      (key) =>
        `the description of "${name}" must contain its ${key}: add the number ${schema[key]}`,
    )

/** A number or a date-time states its unit in `x-unit` and in the description. */
const unitsStated: Oas3Rule = () => ({
  Parameter(parameter, { report }) {
    const schema = parameter.schema as SchemaLike | undefined
    for (const message of unitProblems(
      'parameter',
      parameter.name,
      parameter as SchemaLike,
      schema,
    ))
      report({ message })
  },
  Header(header, { report, key }) {
    const schema = header.schema as SchemaLike | undefined
    for (const message of unitProblems('header', String(key), header as SchemaLike, schema))
      report({ message })
  },
  SchemaProperties(properties, { report, location }) {
    for (const [name, property] of Object.entries(properties))
      for (const message of unitProblems('property', name, property as SchemaLike))
        report({ message, location: location.child([name]) })
  },
})

/** Generated types do not contain limits, so the description repeats each one. */
const limitsDescribed: Oas3Rule = () => ({
  Parameter({ name, schema, description }, { report }) {
    for (const message of limitProblems(name, (schema ?? {}) as SchemaLike, description))
      report({ message })
  },
  SchemaProperties(properties, { report, location }) {
    for (const [name, property] of Object.entries(properties)) {
      const schema = property as SchemaLike
      for (const message of limitProblems(name, schema, schema.description))
        report({ message, location: location.child([name]) })
    }
  },
})

/** `x-origin` takes the values that the description of the document explains. */
const originKnown: Oas3Rule = () => ({
  any: {
    enter(node: unknown, { report, location }) {
      if (typeof node !== 'object' || node === null || !('x-origin' in node)) return
      const origin = String(node['x-origin'])
      if (!origins.includes(origin))
        report({
          message: `unknown x-origin "${origin}": use ${origins.join(', ')}, or leave it out if documented`,
          location: location.child(['x-origin']),
        })
    },
  },
})

/** Every property has a description, which becomes the documentation of the type. */
const described: Oas3Rule = () => ({
  SchemaProperties(properties, { report, location }) {
    for (const [name, property] of Object.entries(properties)) {
      if ('$ref' in property || (property as SchemaLike).description) continue
      report({
        message: `property "${name}" needs a description`,
        location: location.child([name]),
      })
    }
  },
})

/** Ends of sentences that call a value personal or confidential. */
const sensitiveWords = /\b(?:personal data|confidential)\./i

/** What is called personal data or confidential is marked, so that programs never print it. */
const sensitiveMarked: Oas3Rule = () => ({
  SchemaProperties(properties, { report, location }) {
    for (const [name, property] of Object.entries(properties)) {
      const { description = '', 'x-sensitive': mark } = property as SchemaLike
      const isSensitive = mark !== undefined || sensitiveWords.test(description)
      if (isSensitive && mark !== true)
        report({
          message: `property "${name}" holds sensitive values: expected \`x-sensitive: true\``,
          location: location.child([name]),
        })
    }
  },
})

/** Whether a value has no text of its own. */
const isStructure = ({ type: types }: SchemaLike): boolean =>
  [types].flat().some((type) => type === 'array' || type === 'object')

/** The mock reads one plain text per path parameter, and sends one per header. */
const textInPathAndHeader: Oas3Rule = () => ({
  Parameter({ in: place, name, style = 'simple', schema }, { report, resolve }) {
    if (
      place === 'path' &&
      (style !== 'simple' ||
        isStructure(resolve<SchemaLike>((schema ?? {}) as SchemaLike).node ?? {}))
    )
      report({
        message: `the mock cannot read path parameter "${name}": use style simple and a string, number or boolean`,
      })
  },
  Header({ schema }, { report, resolve, key }) {
    if (isStructure(resolve<SchemaLike>((schema ?? {}) as SchemaLike).node ?? {}))
      report({ message: `the mock cannot send header "${key}": use a string, number or boolean` })
  },
})

interface FormLike {
  schema?: { properties?: Record<string, SchemaLike> }
  encoding?: Record<string, unknown>
}

/** The mock reads the items of an array in a form only if the document says how they are sent. */
const formArraysEncoded: Oas3Rule = () => ({
  MediaType(mediaType, { report, resolve, key }) {
    if (key !== 'application/x-www-form-urlencoded') return
    const { schema = {}, encoding = {} } = mediaType as FormLike
    for (const [name, property] of Object.entries(resolve(schema).node?.properties ?? {}))
      if (resolve(property).node?.type === 'array' && !encoding[name])
        report({
          message: `array "${name}" of a form needs an encoding: add \`encoding: { ${name}: { style: form, explode: true } }\``,
        })
  },
})

/** Redocly plugin with the rules that generated code needs and Redocly does not have. */
const plugin = (): Plugin => ({
  id: 'cekura',
  rules: {
    oas3: {
      'units-stated': unitsStated,
      'limits-described': limitsDescribed,
      'origin-known': originKnown,
      described,
      'sensitive-marked': sensitiveMarked,
      'text-in-path-and-header': textInPathAndHeader,
      'form-arrays-encoded': formArraysEncoded,
    },
  },
})

export default plugin
