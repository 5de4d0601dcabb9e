import { CekuraError } from '@cekura-kit/client'
import { startMock } from '@cekura-kit/mock'
import { clientRules, readWorld, setTransport } from '../contract-internals.ts'
import type { Grader } from '../mutant.ts'
import { transportMutants } from './transport-faults.ts'

/**
 * The client's rules over a connection with one fault.
 *
 * Only a `CekuraError` counts as noticed. A client that returns damaged data fails the whole run.
 */
export async function createTransportGrader(): Promise<Grader> {
  const mock = await startMock({ mode: 'sandbox', rows: 45 })
  const world = await readWorld(mock)
  return async (id) => {
    const { schedule = '' } = transportMutants.find((mutant) => mutant.id === id) ?? {}
    for (const rule of clientRules) {
      // Each rule meets the fault at the same request.
      await setTransport(mock, schedule)
      try {
        await rule.run(world)
      } catch (error) {
        if (!CekuraError.is(error)) throw error
        const message = `${error.code}: ${error.message}`
        return { killer: `client.${rule.id}`, group: 'client', message }
      }
    }
    return {}
  }
}
