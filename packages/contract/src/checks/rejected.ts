import type { ContractDocument } from '../document/contract-document.ts'
import type { Check } from '../suite/check.ts'
import { isRead } from '../target/capability.ts'
import { keyChecks } from './rejected/keys.ts'
import { pathChecks } from './rejected/paths.ts'
import { valueChecks } from './rejected/values.ts'

/**
 * Invalid requests are rejected with a response that the document describes. The kinds follow those
 * of Schemathesis: missing or ignored authentication, missing parameters, invalid values and bodies,
 * unsupported methods. Where no document says which status it is, several are accepted, and the
 * report contains the one that arrived.
 */
export const rejectedChecks = (contract: ContractDocument): Check[] =>
  contract.operations.flatMap((operation) =>
    [keyChecks, valueChecks, pathChecks]
      .flatMap((checksOf) => checksOf(contract, operation))
      .map((check) =>
        isRead(operation.method) || check.needs.includes('writes')
          ? check
          : { ...check, needs: [...check.needs, 'writes'] },
      ),
  )
