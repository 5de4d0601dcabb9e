import type { Operation } from '@cekura-kit/spec'
import { isJson, type ContractDocument } from '../document/contract-document.ts'
import { createRequest } from '../document/sample-request.ts'
import { operationCheck, type Check } from '../suite/check.ts'
import { expectThat } from '../suite/errors.ts'
import { firstDifference } from '../suite/first-difference.ts'
import { expectConforming } from '../target/expect-conforming.ts'

/** Each documented example of each response is returned as written. */
export const exampleChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation) =>
    operation.responses
      // Prism selects a response by its number, so ranges and `default` cannot be requested.
      .filter(({ status }) => /^\d+$/.test(status))
      .flatMap(({ status, examples }) => [
        // An example without a name cannot be requested; it is the default of its status.
        ...examples
          .filter(({ name }) => name !== '')
          .map((example) => exampleCheck(contract, operation, status, example, example.name)),
        // JSON is preferred where there is a choice.
        ...[examples.find(({ mediaType }) => isJson(mediaType)) ?? examples.slice(0, 1)]
          .flat()
          .map((example) => exampleCheck(contract, operation, status, example)),
      ]),
  )

/** @param name of the requested example; default: none, so the first one of the status */
const exampleCheck = (
  contract: ContractDocument,
  operation: Operation,
  status: string,
  { mediaType, value }: Operation['responses'][number]['examples'][number],
  name?: string,
): Check =>
  operationCheck('examples', operation, {
    // Examples of two media types can have the same name.
    id: `${status}.${name ?? 'default'}${isJson(mediaType) ? '' : `.${mediaType}`}`,
    title:
      name === undefined
        ? `returns the first example of ${status} by default`
        : `returns example ${name} of ${status} as documented`,
    needs: ['prefer'],
    async run(target) {
      const headers =
        name === undefined
          ? { prefer: `code=${status}` }
          : { prefer: `code=${status}, example=${name}`, accept: mediaType }
      const request = createRequest(contract, operation, target, { headers })
      const response = await target.send(request)
      const body = expectConforming(contract, target, operation, response, [Number(status)])
      const type = response.headers.get('content-type')?.split(';')[0]
      expectThat(
        type === mediaType,
        `expected content type ${mediaType}, got ${type}`,
        response.request,
      )
      const different = firstDifference(body, value)
      expectThat(
        different === undefined,
        `response ${status}: body differs from the example at ${different}`,
        response.request,
      )
      for (const { name, example } of contract.headersOf(operation, status)) {
        const found = response.headers.get(name)
        expectThat(
          example === undefined || found === String(example),
          `response ${status}: expected header ${name} "${String(example)}", got "${found}"`,
          response.request,
        )
      }
    },
  })
