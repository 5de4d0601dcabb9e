import type { SpecDocument } from '@cekura-kit/spec'
import { readContract } from './contract-document.ts'
import { coerceTexts } from './sample-values.ts'

/**
 * Validates the query of a request against the document, including what a mock does not report: an
 * empty value, an unknown name, a repeated name.
 *
 * @returns every problem, empty for a valid query
 * @throws {Error} if the document has no such operation
 * @example
 * const validate = createRequestValidator(document)
 * validate('callLogs.list', new URLSearchParams('agent_id=1&pagesize=5')) // ['unknown parameter "pagesize"; …']
 */
export function createRequestValidator(
  document: SpecDocument,
): (operationId: string, query: URLSearchParams) => string[] {
  const { operations, validate } = readContract(document)
  return (operationId, query) => {
    const operation = operations.find((candidate) => candidate.operationId === operationId)
    if (!operation)
      throw new Error(
        `Unknown operation "${operationId}": expected one of ${operations.map((one) => one.operationId).join(', ')}.`,
      )
    const parameters = operation.parameters.filter((parameter) => parameter.in === 'query')
    const names = parameters.map(({ name }) => name)
    return [
      ...[...new Set(query.keys())]
        .filter((name) => !names.includes(name))
        .map((name) => `unknown parameter "${name}"; expected one of ${names.join(', ')}`),
      ...parameters.flatMap((parameter) => {
        const { name, schema, explode, required } = parameter
        const values = query.getAll(name)
        if (values.length === 0) return required ? [`"${name}" is required`] : []
        const isList = explode && [schema['type']].flat().includes('array')
        if (values.length > 1 && !isList) return [`"${name}" is sent ${values.length} times`]
        const problem = validate(schema)(coerceTexts(parameter, values))
        return problem === undefined ? [] : [`"${name}" ${problem}`]
      }),
    ]
  }
}
