import type { Json, SpecDocument } from './bundle-spec.ts'
import { checkConventions } from './check-conventions.ts'
import { checkPageExample } from './check-page-example.ts'
import { listOperations, type Example, type Operation } from './operations.ts'
import { createSchemaValidator } from './schema-validator.ts'

/** The dialect that the document must declare: with any other, Prism validates little or nothing. */
export const specDialect = 'https://json-schema.org/draft/2020-12/schema'

export interface SpecProblem {
  /** JSON pointer into the bundled document. */
  location: string
  /** What is wrong, and what is expected. */
  message: string
}

const pointer = (...parts: string[]): string =>
  `#/${parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`

const operationPlace = ({ path, method }: Operation): string[] => [
  'paths',
  path,
  method.toLowerCase(),
]

function checkHead(document: SpecDocument): SpecProblem[] {
  const expected = [
    {
      key: 'openapi',
      isValid: String(document['openapi']).startsWith('3.1.'),
      form: '3.1.x',
    },
    {
      key: 'jsonSchemaDialect',
      isValid: document['jsonSchemaDialect'] === specDialect,
      form: `"${specDialect}"`,
    },
  ]
  return expected
    .filter(({ isValid }) => !isValid)
    .map(({ key, form }) => ({
      location: `#/${key}`,
      message: `${key} is ${JSON.stringify(document[key] ?? null)}: expected ${form}`,
    }))
}

/** Keywords of OpenAPI 3.0, which 3.1 ignores. */
function findOldKeywords(value: Json, at: string[] = []): SpecProblem[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => {
    const here = [...at, key]
    // Example values can hold anything; a property can have one of these names.
    if (at.at(-1) !== 'properties' && ['value', 'example', 'examples'].includes(key)) return []
    const isOldBound = key === 'exclusiveMinimum' || key === 'exclusiveMaximum'
    const message =
      typeof child !== 'boolean'
        ? undefined
        : key === 'nullable'
          ? `"nullable" is OpenAPI 3.0 and ignored in 3.1: write type: [..., 'null']`
          : isOldBound
            ? `a boolean "${key}" is OpenAPI 3.0: write the limit itself`
            : undefined
    return [
      ...(message ? [{ location: pointer(...here), message }] : []),
      ...findOldKeywords(child, here),
    ]
  })
}

/** Compiles schemas and validates their examples. */
function createExampleChecker(document: SpecDocument) {
  const validatorOf = createSchemaValidator(document)
  return (
    location: string,
    schema: Json | undefined,
    examples: [string, Json][],
  ): SpecProblem[] => {
    if (schema === undefined) return [{ location, message: 'the schema is missing' }]
    try {
      const problemOf = validatorOf(schema)
      return examples.flatMap(([at, example]) => {
        const problem = problemOf(example)
        return problem === undefined ? [] : [{ location: at, message: `the example ${problem}` }]
      })
    } catch (error) {
      return [{ location, message: `the schema does not compile: ${(error as Error).message}` }]
    }
  }
}

/**
 * Checks a bundled document before anything is generated from it.
 *
 * A document without problems has the dialect that Prism needs, schemas that compile strictly,
 * examples that are valid, example pages whose `count` and links agree, and the conventions that
 * generated code relies on.
 *
 * @returns every problem, empty if there is none
 */
export function checkSpec(document: SpecDocument): SpecProblem[] {
  const operations = listOperations(document)
  const check = createExampleChecker(document)

  const checkContent = (
    place: string[],
    content: { [mediaType: string]: { [key: string]: Json } },
    examples: Example[],
  ): SpecProblem[] =>
    Object.entries(content).flatMap(([mediaType, schema]) => {
      const at = [...place, 'content', mediaType]
      const own = examples.filter((example) => example.mediaType === mediaType)
      return check(
        pointer(...at, 'schema'),
        schema,
        own.map(({ name, value }) => [pointer(...at, 'examples', name), value]),
      )
    })

  const checkOperation = (operation: Operation): SpecProblem[] => {
    const place = operationPlace(operation)
    const { parameters, requestBody, responses } = operation
    return [
      ...parameters.flatMap((parameter) => {
        const at = pointer(...place, 'parameters', parameter.name)
        return check(
          at,
          parameter.schema,
          parameter.examples.map((example) => [at, example]),
        )
      }),
      ...(requestBody
        ? checkContent([...place, 'requestBody'], requestBody.content, requestBody.examples)
        : []),
      ...responses.flatMap(({ status, content, examples }) => [
        ...checkContent([...place, 'responses', status], content, examples),
        ...examples.flatMap(({ name, mediaType, value }) =>
          (status === '200' ? checkPageExample(operation, value) : []).map((message) => ({
            location: pointer(
              ...place,
              'responses',
              status,
              'content',
              mediaType,
              'examples',
              name,
            ),
            message,
          })),
        ),
      ]),
    ]
  }

  const components = document['components'] as { schemas?: { [name: string]: Json } } | undefined
  return [
    ...checkHead(document),
    ...findOldKeywords(document),
    ...(operations.length === 0
      ? [{ location: '#/paths', message: 'the document has no operation' }]
      : []),
    ...checkConventions(document, operations).map(({ operation, message }) => ({
      location: pointer(...operationPlace(operation)),
      message,
    })),
    ...Object.entries(components?.schemas ?? {}).flatMap(([name, schema]) =>
      check(pointer('components', 'schemas', name), schema, []),
    ),
    ...operations.flatMap(checkOperation),
  ]
}
