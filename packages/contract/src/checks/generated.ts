import { jsonSchemaOf } from '@cekura-kit/spec'
import { successesOf, type ContractDocument } from '../document/contract-document.ts'
import { createRequest } from '../document/sample-request.ts'
import { operationCheck, type Check } from '../suite/check.ts'
import { expectConforming } from '../target/expect-conforming.ts'

const bodies = 12

/** Bodies that the mock generates from the schemas are valid. */
export const generatedChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation) =>
    successesOf(operation)
      .filter(({ status, content }) => jsonSchemaOf(content) && /^\d+$/.test(status))
      .map(({ status }) =>
        operationCheck('generated', operation, {
          id: status,
          title: `generated bodies of ${status} are valid`,
          needs: ['dynamic'],
          async run(target) {
            for (let seed = 1; seed <= bodies; seed++) {
              const headers = { prefer: `code=${status}, dynamic=true, seed=${seed}` }
              const request = createRequest(contract, operation, target, { headers })
              // The generator adds properties where the schema is open.
              const open = { isShared: true }
              const response = await target.send(request)
              expectConforming(contract, open, operation, response, [Number(status)])
            }
          },
        }),
      ),
  )
