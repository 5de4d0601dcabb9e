// The suite on everything that can be started here, each check a test of its own.
import type { SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { layers, type Layer } from './check.ts'
import { createLiveTarget } from './live/live-target.ts'
import { listChecks, planSuite } from './plan-suite.ts'
import { runCheck, type Outcome } from './run-suite.ts'
import { capabilitiesOf, startTarget } from './start-target.ts'
import type { Target } from './target.ts'

const document = bundled as unknown as SpecDocument
const checks = listChecks(document)

// Written out: a check that is lost, or that no target runs any more, is seen here.
const counts: { [target: string]: { [layer in Layer]: number } } = {
  mock: { L0: 4, L2b: 8, L1: 17, L2: 68, L3: 28, L4: 1, L5: 10, B: 0 },
  sandbox: { L0: 0, L2b: 0, L1: 17, L2: 75, L3: 0, L4: 0, L5: 0, B: 38 },
  proxied: { L0: 0, L2b: 0, L1: 17, L2: 75, L3: 0, L4: 0, L5: 0, B: 39 },
}

test('no two checks have one id', () => {
  const ids = checks.map(({ id }) => id)
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  for (const { id, layer } of checks) expect(id).toMatch(new RegExp(`^${layer}\\.`))
})

test('every check runs on some target', () => {
  const covered = new Set(
    Object.keys(counts).flatMap((name) =>
      planSuite(checks, capabilitiesOf(name as 'mock')).applicable.map(({ id }) => id),
    ),
  )
  expect(checks.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([
    // Only the service itself tells keys apart.
    'L2.callLogs.list.foreign-key',
  ])
})

test('on a service elsewhere, as many checks run as are written down', () => {
  const { capabilities } = createLiveTarget({
    url: 'https://api.example',
    key: 'k',
    agentId: '1',
  })
  const planned = Object.fromEntries(
    Object.keys(layers).map((layer) => [
      layer,
      planSuite(checks, capabilities).applicable.filter((check) => check.layer === layer).length,
    ]),
  )
  expect(planned).toEqual({ L0: 0, L2b: 0, L1: 17, L2: 72, L3: 0, L4: 0, L5: 0, B: 4 })
})

describe.each(Object.keys(counts) as ('mock' | 'sandbox' | 'proxied')[])('on %s', (name) => {
  const { applicable } = planSuite(checks, capabilitiesOf(name))
  const outcomes: Outcome[] = []
  let target: Target
  beforeAll(async () => {
    target = await startTarget(name)
  })
  afterAll(() => target[Symbol.asyncDispose]())

  test.each(applicable)('$id: $title', async (check) => {
    const outcome = await runCheck(check, target)
    outcomes.push(outcome)
    expect(outcome.message ?? '').not.toMatch(/^the check itself failed/)
    expect(outcome.result, outcome.message).toBe('passed')
  })

  test('as many checks ran as are written down', () => {
    const ran = Object.fromEntries(
      Object.keys(layers).map((layer) => [
        layer,
        outcomes.filter((outcome) => outcome.layer === layer).length,
      ]),
    )
    expect(ran).toEqual(counts[name])
  })
})
