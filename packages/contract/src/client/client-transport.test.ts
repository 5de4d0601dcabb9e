// What a broken connection does to the client, through the gateway and over real sockets.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CekuraError, type CekuraErrorCode } from '@cekura-kit/client'
import { startMock } from '@cekura-kit/mock'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  clientRules,
  createRuleClient,
  query,
  readWorld,
  setTransport,
  type ClientWorld,
} from './client-rules.test-helper.ts'

let world: ClientWorld
beforeAll(async () => {
  world = await readWorld(await startMock({ mode: 'sandbox', rows: 45 }))
})
afterAll(() => world.mock.close())

test.each(clientRules)('on a sound connection $title', async ({ run }) => {
  await setTransport(world.mock, '')
  await run(world)
})

const outcomes: [fault: string, code: CekuraErrorCode | 'nothing', isRepeated: boolean][] = [
  ['reset', 'connection', true],
  ['reset-after-headers', 'connection', true],
  ['truncate@0', 'connection', true],
  ['truncate@1', 'connection', true],
  ['truncate@300', 'connection', true],
  ['truncate@999999', 'connection', true],
  ['stall@300', 'timeout', true],
  ['drip@1', 'timeout', true],
  ['bad-json', 'invalid_response', false],
  ['html-502', 'server', true],
  ['html-503', 'server', true],
  ['html-504', 'server', true],
  ['redirect', 'api', false],
  ['wrong-length@10', 'connection', true],
  ['wrong-length@-10', 'invalid_response', false],
  ['gzip-bomb@8', 'invalid_response', false],
  ['drip@4096', 'nothing', true],
  ['latency@20', 'nothing', true],
]

const codeOf = (error: unknown): string => (CekuraError.is(error) ? error.code : String(error))

describe.each(outcomes)('%s', (fault, code, isRepeated) => {
  test(`on one page is ${code}`, async () => {
    await setTransport(world.mock, `1:${fault}`)
    const outcome = createRuleClient(world.mock).callLogs.list(query)
    expect(await outcome.then(() => 'nothing', codeOf)).toBe(code)
  })

  test('in the middle of a walk ends it with that, and never as if it were complete', async () => {
    await setTransport(world.mock, `3:${fault}`)
    const walk = createRuleClient(world.mock).callLogs.list(query).pages()
    const ids: number[] = []
    const end = (async () => {
      for await (const { results } of walk) ids.push(...results.map(({ id }) => id))
      return 'nothing'
    })()
    expect(await end.catch(codeOf)).toBe(code)
    const all = world.calls.map(({ id }) => id)
    expect(ids).toEqual(code === 'nothing' ? all : all.slice(0, 20))
    expect(walk.report.complete).toBe(code === 'nothing')
  })

  test(`once ${isRepeated ? 'is repeated, and the walk is whole' : 'is not repeated'}`, async () => {
    await setTransport(world.mock, `3:${fault}`)
    const walk = createRuleClient(world.mock, 2).callLogs.list(query)
    const found = walk.toArray({ limit: 1000 })
    const all = world.calls.map(({ id }) => id)
    expect(await found.then((calls) => calls.map(({ id }) => id), codeOf)).toEqual(
      isRepeated ? all : code,
    )
  })
})

test('a redirect is not followed, so the key does not go where it leads', async () => {
  const seen: unknown[] = []
  const elsewhere = createServer(({ headers }, response) => {
    seen.push(headers)
    response.end()
  })
  await once(elsewhere.listen(0, '127.0.0.1'), 'listening')
  try {
    const { port } = elsewhere.address() as AddressInfo
    await setTransport(world.mock, `*:redirect@http://127.0.0.1:${port}/`)
    for (const { run } of clientRules) expect(await run(world).catch(codeOf)).toBe('api')
    expect(seen).toEqual([])
  } finally {
    elsewhere.close()
  }
})
