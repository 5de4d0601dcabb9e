import { callFaults } from './call-faults.ts'
import type { Fault } from './fault.ts'
import { requestFaults } from './request-faults.ts'
import { responseFaults } from './response-faults.ts'

/** Every fault that the sandbox can be given. */
export const sandboxMutants: readonly { id: string; operator: string; fault: Fault }[] =
  Object.entries({ ...requestFaults, ...responseFaults, ...callFaults }).flatMap(
    ([family, faults]) =>
      Object.entries(faults).map(([name, fault]) => ({
        id: `sandbox ${family}: ${name}`,
        operator: `sandbox.${family}`,
        fault,
      })),
  )
