import { Ajv2020 } from 'ajv/dist/2020.js'
import formatsPlugin from 'ajv-formats'
import type { Json, SpecDocument } from './bundle-spec.ts'

// ajv-formats is CommonJS with a `default` that TypeScript sees and Node does not unwrap.
const addFormats = formatsPlugin as unknown as typeof formatsPlugin.default

function createAjv(document: SpecDocument): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    allowUnionTypes: true,
    // A schema is compiled more often than it validates many values.
    code: { optimize: false },
  })
  addFormats(ajv)
  // Annotations of OpenAPI and of this document, without a rule to check.
  for (const keyword of ['discriminator', 'xml', 'externalDocs', 'example', 'components'])
    ajv.addKeyword(keyword)
  for (const keyword of extensionsIn(document)) ajv.addKeyword(keyword)
  ajv.addSchema({ $id: 'spec:', components: document['components'] ?? {} }, undefined, false, false)
  return ajv
}

function extensionsIn(value: Json, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, child] of Object.entries(value)) {
    if (key.startsWith('x-')) found.add(key)
    extensionsIn(child, found)
  }
  return found
}

/** References inside the document become references into the schema registered as `spec:`. */
function absolute(schema: Json): Json {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map(absolute)
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) =>
      key === '$ref' && typeof value === 'string' && value.startsWith('#')
        ? [key, `spec:${value}`]
        : [key, absolute(value)],
    ),
  )
}

/**
 * Validates values against schemas of a bundled document, by the 2020-12 rules and strictly: a
 * keyword or format that cannot be checked is an error, not a pass.
 *
 * @returns a function from a schema to a function from a value to every problem with it, undefined
 * for a valid value. The first function throws if the schema does not compile.
 * @example
 * const problem = createSchemaValidator(document)(schema)
 * problem({ id: '7' }) // "at /id must be integer"
 */
export function createSchemaValidator(
  document: SpecDocument,
): (schema: Json) => (value: unknown) => string | undefined {
  const ajv = createAjv(document)
  const compiled = new Map<Json, (value: unknown) => string | undefined>()
  return (schema) => {
    // Many responses refer to the same component.
    const isNode = typeof schema === 'object' && schema !== null && !Array.isArray(schema)
    const key = (isNode && schema['$ref']) || schema
    const known = compiled.get(key) ?? createProblemReader(ajv, schema)
    compiled.set(key, known)
    return known
  }
}

function createProblemReader(ajv: Ajv2020, schema: Json) {
  const validate = ajv.compile(absolute(schema) as object)
  return (value: unknown): string | undefined => {
    if (validate(value)) return undefined
    // One problem of all the items of an array is enough.
    const problems = new Map<string, string>()
    for (const { instancePath, message = 'is not valid', params } of validate.errors ?? []) {
      const allowed = params['allowedValues'] as Json[] | undefined
      const text = allowed ? `must be one of ${allowed.join(', ')}` : message
      const kind = `${instancePath.replaceAll(/\/\d+/g, '')} ${text}`
      if (!problems.has(kind))
        problems.set(kind, `${instancePath ? `at ${instancePath} ` : ''}${text}`)
    }
    return [...problems.values()].join('; ')
  }
}
