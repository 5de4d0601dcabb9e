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
}

const isQuantity = (schema: SchemaLike): boolean =>
  [schema.type].flat().some((type) => type === 'integer' || type === 'number') ||
  schema.format === 'date-time'

function unitProblem(what: string, owner: SchemaLike): string | undefined {
  const unit = owner['x-unit']
  if (!unit) return `${what} is a quantity and must name its unit in \`x-unit\``
  // The generator carries descriptions into the types, and `x-unit` nowhere.
  if (!owner.description?.includes(unit))
    return `the description of ${what} must say its unit "${unit}"`
  return undefined
}

function unsaidLimit(schema: SchemaLike, description = ''): string | undefined {
  return (['minLength', 'maxLength', 'minimum', 'maximum'] as const).find(
    (key) => schema[key] !== undefined && !description.includes(String(schema[key])),
  )
}

/** A number or an instant says what it is counted in, in `x-unit` and in words. */
const unitsStated: Oas3Rule = () => ({
  Parameter(parameter, { report }) {
    if (!isQuantity(parameter.schema as SchemaLike)) return
    const message = unitProblem(`parameter "${parameter.name}"`, parameter as SchemaLike)
    if (message) report({ message })
  },
  Header(header, { report, key }) {
    if (!isQuantity(header.schema as SchemaLike)) return
    const message = unitProblem(`header "${key}"`, header as SchemaLike)
    if (message) report({ message })
  },
  SchemaProperties(properties, { report, location }) {
    for (const [name, property] of Object.entries(properties)) {
      if (!isQuantity(property as SchemaLike)) continue
      const message = unitProblem(`property "${name}"`, property as SchemaLike)
      if (message) report({ message, location: location.child([name]) })
    }
  },
})

/** Generated types do not carry bounds, so each bound also stands in the description. */
const limitsInWords: Oas3Rule = () => ({
  Parameter(parameter, { report }) {
    const key = unsaidLimit(parameter.schema as SchemaLike, parameter.description)
    if (key) report({ message: `the description of "${parameter.name}" must say its ${key}` })
  },
  SchemaProperties(properties, { report, location }) {
    for (const [name, property] of Object.entries(properties)) {
      const schema = property as SchemaLike
      const key = unsaidLimit(schema, schema.description)
      if (key)
        report({
          message: `the description of "${name}" must say its ${key}`,
          location: location.child([name]),
        })
    }
  },
})

/** `x-origin` takes the words that the document's own description explains. */
const originKnown: Oas3Rule = () => ({
  any: {
    enter(node: unknown, { report, location }) {
      if (typeof node !== 'object' || node === null || !('x-origin' in node)) return
      const origin = String(node['x-origin'])
      if (!origins.includes(origin))
        report({
          message: `x-origin "${origin}" is none of ${origins.join(', ')}`,
          location: location.child(['x-origin']),
        })
    },
  },
})

/** Every property has a description, because that becomes the docs of the type. */
const described: Oas3Rule = () => ({
  SchemaProperties(properties, { report, location }) {
    for (const [name, property] of Object.entries(properties)) {
      if ('$ref' in property || (property as SchemaLike).description) continue
      report({ message: `property "${name}" has no description`, location: location.child([name]) })
    }
  },
})

/** Redocly plugin with the rules that a generated kit needs and Redocly does not have. */
const plugin = (): Plugin => ({
  id: 'cekura',
  rules: {
    oas3: {
      'units-stated': unitsStated,
      'limits-in-words': limitsInWords,
      'origin-known': originKnown,
      described,
    },
  },
})

export default plugin
