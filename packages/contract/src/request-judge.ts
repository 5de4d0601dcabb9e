import type { SpecDocument } from '@cekura-kit/spec'
import { readContract } from './contract-document.ts'
import { coerceQuery } from './query-values.ts'

/**
 * Judges the query of a request by the document alone, where a mock looks away: an empty value, a
 * name nobody knows, a name sent twice.
 *
 * @returns what is wrong, empty when nothing is
 * @throws {Error} when the document has no operation of that name
 * @example
 * const judge = createRequestJudge(document)
 * judge('callLogs.list', new URLSearchParams('agent_id=1&pagesize=5')) // ['there is no parameter "pagesize"']
 */
export function createRequestJudge(
  document: SpecDocument,
): (operationId: string, query: URLSearchParams) => string[] {
  const { operations, judge } = readContract(document)
  return (operationId, query) => {
    const operation = operations.find((candidate) => candidate.operationId === operationId)
    if (!operation)
      throw new Error(
        `Cannot judge a request: there is no operation "${operationId}"; the document has ${operations.map((one) => one.operationId).join(', ')}`,
      )
    const parameters = operation.parameters.filter((parameter) => parameter.in === 'query')
    const names = parameters.map(({ name }) => name)
    return [
      ...[...new Set(query.keys())]
        .filter((name) => !names.includes(name))
        .map((name) => `there is no parameter "${name}"; known are ${names.join(', ')}`),
      ...parameters.flatMap((parameter) => {
        const values = query.getAll(parameter.name)
        if (values.length === 0)
          return parameter.required ? [`"${parameter.name}" is missing and required`] : []
        if (values.length > 1) return [`"${parameter.name}" is sent ${values.length} times`]
        const fault = judge(parameter.schema)(coerceQuery(parameter, values[0]!))
        return fault === undefined ? [] : [`"${parameter.name}" ${fault}`]
      }),
    ]
  }
}
