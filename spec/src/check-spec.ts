import type { Json, SpecDocument } from './bundle-spec.ts'
import { createSchemaJudge } from './schema-judge.ts'
import { listOperations, type Operation } from './operations.ts'

/** The dialect the document must declare: with another, or none, Prism checks little or nothing. */
export const specDialect = 'https://json-schema.org/draft/2020-12/schema'

export interface SpecProblem {
  /** JSON pointer into the bundled document. */
  location: string
  /** One sentence: what is there, what is wanted. */
  message: string
}

const pointer = (...parts: string[]): string =>
  `#/${parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`

function leftovers(value: Json, at: string[], problems: SpecProblem[]): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    const here = [...at, key]
    // Example values may say anything; a property may have one of these names.
    if (at.at(-1) !== 'properties' && ['value', 'example', 'examples'].includes(key)) continue
    if (key === 'nullable' && typeof child === 'boolean')
      problems.push({
        location: pointer(...here),
        message: `"nullable" is OpenAPI 3.0 and ignored in 3.1; write type: [..., 'null']`,
      })
    if ((key === 'exclusiveMinimum' || key === 'exclusiveMaximum') && typeof child === 'boolean')
      problems.push({
        location: pointer(...here),
        message: `a boolean "${key}" is OpenAPI 3.0; write the bound itself`,
      })
    leftovers(child, here, problems)
  }
}

function pageProblem(operation: Operation, body: Json): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
  const { count, next, previous, results } = body
  if (typeof count !== 'number' || !Array.isArray(results)) return undefined
  if (results.length > count) return `count ${count} is less than its ${results.length} results`
  if (!next && !previous && results.length !== count)
    return `count ${count} does not match its ${results.length} results on an only page`
  const numbers: (number | undefined)[] = []
  for (const [name, link] of Object.entries({ next, previous })) {
    if (typeof link !== 'string') continue
    if (!URL.canParse(link)) return `${name} is "${link}"; wanted is a whole URL`
    const url = new URL(link)
    if (url.pathname !== operation.path)
      return `${name} leads to ${url.pathname}, not to its own operation`
    const known = new Set(operation.parameters.map((parameter) => parameter.name))
    const unknown = [...url.searchParams.keys()].find((key) => !known.has(key))
    if (unknown) return `${name} has the parameter "${unknown}", which the operation does not`
    const missing = operation.parameters.find((p) => p.required && !url.searchParams.has(p.name))
    if (missing) return `${name} lacks the required parameter "${missing.name}"`
    numbers.push(Number(url.searchParams.get('page') ?? 1))
  }
  if (next && previous && numbers[0] !== numbers[1]! + 2)
    return `next is page ${numbers[0]} and previous page ${numbers[1]}: they are not neighbours`
  if (next && !previous && numbers[0] !== 2)
    return `a page without previous has page ${numbers[0]} as next, not 2`
  return undefined
}

/**
 * Judges a bundled document before anything is built on it.
 *
 * A document with no problem has the dialect Prism needs, schemas that all compile
 * strictly, examples that are all valid against their schema, and example pages whose
 * `count`, `next` and `previous` agree.
 *
 * @returns what is wrong, empty when nothing is
 */
export function checkSpec(document: SpecDocument): SpecProblem[] {
  const problems: SpecProblem[] = []
  if (!String(document['openapi']).startsWith('3.1.'))
    problems.push({
      location: '#/openapi',
      message: `openapi is ${JSON.stringify(document['openapi'] ?? null)}; wanted is 3.1.x`,
    })
  if (document['jsonSchemaDialect'] !== specDialect)
    problems.push({
      location: '#/jsonSchemaDialect',
      message: `jsonSchemaDialect is ${JSON.stringify(document['jsonSchemaDialect'] ?? null)}; wanted is "${specDialect}"`,
    })
  leftovers(document, [], problems)

  const operations = listOperations(document)
  if (operations.length === 0)
    problems.push({ location: '#/paths', message: 'there is no operation; write one' })

  const judgeOf = createSchemaJudge(document)
  const judge = (location: string, schema: Json | undefined, examples: [string, Json][]): void => {
    if (schema === undefined) {
      problems.push({ location, message: 'there is no schema; write one' })
      return
    }
    try {
      const fault = judgeOf(schema)
      for (const [at, example] of examples) {
        const message = fault(example)
        if (message !== undefined)
          problems.push({ location: at, message: `the example ${message}` })
      }
    } catch (error) {
      problems.push({
        location,
        message: `the schema does not compile: ${(error as Error).message}`,
      })
    }
  }

  const components = document['components'] as { schemas?: { [name: string]: Json } } | undefined
  for (const [name, schema] of Object.entries(components?.schemas ?? {}))
    judge(pointer('components', 'schemas', name), schema, [])

  for (const operation of operations) {
    const place = [operation.path, operation.method.toLowerCase()]
    for (const parameter of operation.parameters) {
      const at = pointer('paths', ...place, 'parameters', parameter.name)
      judge(
        at,
        parameter.schema,
        parameter.examples.map((example) => [at, example]),
      )
    }
    for (const response of operation.responses) {
      for (const [mediaType, schema] of Object.entries(response.content)) {
        const at = [...place, 'responses', response.status, 'content', mediaType]
        const examples = response.examples.filter((example) => example.mediaType === mediaType)
        judge(
          pointer('paths', ...at, 'schema'),
          schema,
          examples.map(({ name, value }) => [pointer('paths', ...at, 'examples', name), value]),
        )
        for (const { name, value } of examples) {
          const message = pageProblem(operation, value)
          if (message)
            problems.push({ location: pointer('paths', ...at, 'examples', name), message })
        }
      }
    }
  }
  return problems
}
