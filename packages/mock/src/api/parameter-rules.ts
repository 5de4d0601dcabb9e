import {
  createSchemaValidator,
  type Operation,
  type Parameter,
  type SpecDocument,
} from '@cekura-kit/spec/document'
import type { FieldErrors } from '@cekura-kit/types'

/** What a query value can mean as JSON: text is a number or a boolean too when it reads as one. */
function readings(text: string): unknown[] {
  const values: unknown[] = [text]
  if (/^-?\d+(?:\.\d+)?$/.test(text)) values.push(Number(text))
  if (text === 'true' || text === 'false') values.push(text === 'true')
  return values
}

/** All meanings of the values sent for an array parameter, one array for each type of item. */
function arrayReadings(parameter: Parameter, sent: readonly string[]): unknown[] {
  const items = parameter.explode ? sent : sent.flatMap((text) => text.split(','))
  const meanings = items.map(readings)
  return [0, 1].map((n) => meanings.map((values) => values[n] ?? values[0]))
}

const isArray = ({ schema }: Parameter): boolean => schema['type'] === 'array'

const messageFor = ({ schema }: Parameter): string => {
  const type = schema['type']
  if (type === 'integer') return 'A valid integer is required.'
  if (type === 'number') return 'A valid number is required.'
  if (type === 'boolean') return 'Must be a valid boolean.'
  return 'Enter a valid value.'
}

/** Checks the query of a request against the parameters of its operation. */
export interface ParameterRules {
  /** Names that the document has. */
  names: ReadonlySet<string>
  isRequired(name: string): boolean
  /**
   * Messages by parameter. A blank value counts as absent.
   *
   * @param except parameters that the caller validates
   */
  check(query: URLSearchParams, except?: ReadonlySet<string>): FieldErrors
}

/** Rules of one operation, as the document states them. */
export function createParameterRules(
  document: SpecDocument,
  { parameters }: Operation,
): ParameterRules {
  const compile = createSchemaValidator(document)
  const rules = parameters
    .filter(({ in: place }) => place === 'query')
    .map((parameter) => ({ parameter, problemOf: compile(parameter.schema) }))
  return {
    names: new Set(rules.map(({ parameter }) => parameter.name)),
    isRequired: (name) =>
      rules.some(({ parameter }) => parameter.name === name && parameter.required),
    check(query, except = new Set()) {
      const errors = new Map<string, string[]>()
      for (const { parameter, problemOf } of rules) {
        const { name, required } = parameter
        const sent = query.getAll(name).filter((text) => text !== '')
        if (sent.length === 0) {
          if (required) errors.set(name, ['This field is required.'])
          continue
        }
        if (except.has(name)) continue
        const values = isArray(parameter) ? arrayReadings(parameter, sent) : readings(sent.at(-1)!)
        if (values.every((value) => problemOf(value) !== undefined))
          errors.set(name, [messageFor(parameter)])
      }
      return Object.fromEntries(errors)
    },
  }
}
