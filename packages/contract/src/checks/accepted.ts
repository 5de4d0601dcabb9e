import type { Operation } from '@cekura-kit/spec'
import { successStatuses, type ContractDocument } from '../document/contract-document.ts'
import { createRequest, exampleBodiesOf, type Changes } from '../document/sample-request.ts'
import { acceptedTexts, exampleValuesOf } from '../document/sample-texts.ts'
import { operationCheck, type Check } from '../suite/check.ts'
import { expectConforming } from '../target/expect-conforming.ts'
import { isStateful, type Target } from '../target/target.ts'

interface ValidRequest {
  id: string
  title: string
  changes?: Changes
}

/** Valid requests are accepted, and the response is what the document describes. */
export const acceptedChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation) =>
    validRequests(contract, operation).map(({ id, title, changes }) =>
      operationCheck('accepted', operation, {
        id,
        title,
        async run(target) {
          const response = await target.send(createRequest(contract, operation, target, changes))
          const statuses = acceptedStatuses(operation, target, changes)
          expectConforming(contract, target, operation, response, statuses)
          return response.status >= 400 ? `no such record: ${response.status}` : undefined
        },
      }),
    ),
  )

/**
 * Statuses of a valid request. A server with data does not have the records of the examples, so it
 * may also report that a path parameter leads nowhere.
 */
function acceptedStatuses(operation: Operation, target: Target, { path }: Changes = {}): number[] {
  const hasPath = operation.parameters.some((one) => one.in === 'path')
  const hasUnknownRecord = target.isShared
    ? hasPath
    : path !== undefined && isStateful(target, operation.operationId)
  return [...successStatuses(operation), ...(hasUnknownRecord ? [403, 404] : [])]
}

function validRequests(contract: ContractDocument, operation: Operation): ValidRequest[] {
  const { document } = contract
  const found: ValidRequest[] = [
    { id: 'required', title: 'a request with the required parameters only is accepted' },
  ]
  // The agent is the one of the target.
  const parameters = operation.parameters.filter(({ name }) => name !== 'agent_id')
  const optional = parameters.filter(({ required, in: place }) => !required && place === 'query')
  const query = Object.fromEntries(
    optional.map((one) => [one.name, exampleValuesOf(document, one)[0]!]),
  )
  if (optional.length > 0)
    found.push({
      id: 'all',
      title: 'a request with every parameter is accepted',
      changes: { query },
    })
  for (const parameter of parameters.filter(
    ({ in: place }) => place === 'query' || place === 'path',
  ))
    for (const value of acceptedTexts(document, parameter))
      found.push({
        id: `${parameter.name}=${value}`,
        title: `${parameter.name} accepts "${value}"`,
        changes: { [parameter.in]: { [parameter.name]: value } },
      })
  for (const [at, body] of exampleBodiesOf(contract, operation).entries())
    if (at > 0)
      found.push({
        id: `body-${at + 1}`,
        title: `example ${at + 1} of the body is accepted`,
        changes: { body },
      })
  if (operation.requestBody?.required === false)
    found.push({
      id: 'no-body',
      title: 'a request without a body is accepted',
      changes: { body: undefined },
    })
  return found
}
