import { CekuraError } from '@cekura-kit/client'
import { startMock } from '@cekura-kit/mock'
import { clientRules, readWorld, setTransport } from '../contract-internals.ts'
import type { Verdict } from '../grade.ts'
import { transportMutants } from './transport-operators.ts'

/**
 * The client's rules over a connection with one fault; no id is none.
 *
 * Only an error of the client kills: a fault that it takes for an answer fails the whole gate.
 */
export async function createTransportGrader(): Promise<
  (id: string | undefined) => Promise<Pick<Verdict, 'killer' | 'layer' | 'message'>>
> {
  const mock = await startMock({ mode: 'sandbox', rows: 45 })
  const world = await readWorld(mock)
  return async (id) => {
    const { schedule = '' } = transportMutants.find((mutant) => mutant.id === id) ?? {}
    for (const rule of clientRules) {
      // Each rule has the fault at the same place.
      await setTransport(mock, schedule)
      try {
        await rule.run(world)
      } catch (error) {
        if (!CekuraError.is(error)) throw error
        return { killer: `T.${rule.id}`, layer: 'T', message: `${error.code}: ${error.message}` }
      }
    }
    return {}
  }
}
