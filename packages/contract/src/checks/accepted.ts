import type { Json, Operation } from '@cekura-kit/spec'
import { successesOf, type ContractDocument } from '../document/contract-document.ts'
import { createRequest, exampleBodiesOf, type Changes } from '../document/sample-request.ts'
import { acceptedTexts, exampleValuesOf, toTexts } from '../document/sample-values.ts'
import type { Check } from '../suite/check.ts'
import { isRead } from '../target/capability.ts'
import { expectConforming } from '../target/expect-conforming.ts'
import type { Target } from '../target/target.ts'

/**
 * Statuses of a valid request. A service does not have the records of the examples, so it may also
 * report that a path parameter leads nowhere.
 */
function acceptedStatuses(operation: Operation, { isShared }: Target): number[] {
  const successes = successesOf(operation).map(({ status }) => Number(status))
  const hasUnknownRecord = isShared && operation.parameters.some((one) => one.in === 'path')
  return hasUnknownRecord ? [...successes, 403, 404] : successes
}

/** Valid requests are accepted, and the response is what the document describes. */
export const acceptedChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation) => {
    const { operationId, method, parameters } = operation
    const inQuery = parameters.filter((parameter) => parameter.in === 'query')
    const check = (id: string, title: string, changes: Changes): Check => ({
      id: `accepted.${operationId}.${id}`,
      group: 'accepted',
      title,
      operationId,
      needs: isRead(method) ? [] : ['writes'],
      origin: 'documented',
      async run(target) {
        const response = await target.send(createRequest(contract, operation, target, changes))
        const statuses = acceptedStatuses(operation, target)
        expectConforming(contract, target, operation, response, statuses)
        return response.status >= 400 ? `no such record: ${response.status}` : undefined
      },
    })
    const optional = inQuery
      .filter(({ required, name }) => !required && name !== 'agent_id')
      .map((parameter) => [
        parameter.name,
        toTexts(exampleValuesOf(contract.document, parameter)[0]!).join(','),
      ])
    return [
      check('required', 'a request with the required parameters only is accepted', {}),
      ...(optional.length > 0
        ? [
            check('all', 'a request with every parameter is accepted', {
              query: Object.fromEntries(optional) as { [name: string]: string },
            }),
          ]
        : []),
      ...parameters
        // The agent is the one of the target.
        .filter(({ name, in: place }) => name !== 'agent_id' && ['query', 'path'].includes(place))
        .flatMap((parameter) =>
          acceptedTexts(contract.document, parameter).map((value) =>
            check(`${parameter.name}=${value}`, `${parameter.name} accepts "${value}"`, {
              [parameter.in]: { [parameter.name]: value },
            }),
          ),
        ),
      ...exampleBodiesOf(contract, operation)
        .slice(1)
        .map((body: Json, at) =>
          check(`body-${at + 2}`, `example ${at + 2} of the body is accepted`, { body }),
        ),
      ...(operation.requestBody?.required === false
        ? [check('no-body', 'a request without a body is accepted', { body: undefined })]
        : []),
    ]
  })
