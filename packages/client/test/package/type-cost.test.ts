import { afterAll, expect, test } from 'vitest'
import { createConsumer, errorsOf } from '../support/compile-program.ts'

const maxInstantiations = 3000
const consumer = createConsumer()
afterAll(consumer.remove)

/** What the compiler instantiates for a program. */
function countInstantiations(program: string): number {
  const output = consumer.compile(program)
  expect(errorsOf(output)).toEqual([])
  return Number(/Instantiations:\s+(\d+)/.exec(output)![1])
}

test(`a consumer of one operation costs the compiler up to ${maxInstantiations} instantiations`, () => {
  const empty = countInstantiations('export {}')
  const used =
    countInstantiations(`
      import { CekuraError, createClient } from '@cekura-kit/client'
      const { callLogs } = createClient()
      try {
        const page = await callLogs.list({ agent_id: 2142, page_size: 100 })
        console.log(page.count)
        for await (const call of callLogs.list({ agent_id: 2142 })) console.log(call.id)
        for await (const { results } of callLogs.list({ agent_id: 2142 }).pages())
          console.log(results.length)
      } catch (error) {
        if (CekuraError.is(error, 'rate_limit')) console.log(error.retryAfterMs)
        if (CekuraError.hasReason(error, 'response_too_large')) console.log(error.details.limit)
      }`) - empty
  console.log(`${used} instantiations, ${maxInstantiations - used} left`)
  expect(used).toBeGreaterThan(0)
  expect(used).toBeLessThanOrEqual(maxInstantiations)
}, 60_000)
