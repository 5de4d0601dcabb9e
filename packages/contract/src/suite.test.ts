// The suite on every target that it can start, each check as a test.
import {
  jsonSchemaOf,
  listOperations,
  type Operation,
  type Parameter,
  type SpecDocument,
} from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { afterAll, describe, expect, test } from 'vitest'
import { groups, type Group } from './suite/check.ts'
import { listChecks, planSuite } from './suite/plan-suite.ts'
import { runCheck } from './suite/run-suite.ts'
import { isRead } from './target/capability.ts'
import { createLiveTarget } from './target/live-target.ts'
import { startedNames, startTarget } from './target/start-target.ts'
import { isStateful } from './target/target.ts'

const document = bundled as unknown as SpecDocument
const operations = listOperations(document)
const checks = listChecks(document)
const started = await Promise.all(startedNames.map((name) => startTarget(name)))
afterAll(() => Promise.all(started.map((target) => target[Symbol.asyncDispose]())))
const service = createLiveTarget({ url: 'https://api.example', key: 'k', agentId: '1' })

/** Whether a parameter is one text, rather than properties or a part of a segment. */
const isText = (path: string, { name, schema, in: place }: Parameter): boolean =>
  place === 'path'
    ? path.split('/').includes(`{${name}}`)
    : place === 'query' && schema['type'] !== 'object' && !name.includes('[')

/** Groups that must have a check of an operation. */
function groupsOf({ path, responses, parameters, requestBody }: Operation): Group[] {
  const hasExample = responses.some(({ examples }) => examples.length > 0)
  const returnsJson = responses.some(
    ({ status, content }) => status.startsWith('2') && jsonSchemaOf(content),
  )
  const takesValues =
    jsonSchemaOf(requestBody?.content ?? {}) || parameters.some((one) => isText(path, one))
  return [
    'accepted',
    'rejected',
    ...(hasExample ? (['examples'] as const) : []),
    ...(returnsJson ? (['generated'] as const) : []),
    ...(takesValues ? (['request-validation'] as const) : []),
    'response-validation',
  ]
}

test('every check has its own id, which starts with its group', () => {
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
  for (const { id, group } of checks) {
    expect(id.startsWith(`${group}.`)).toBe(true)
    expect(groups).toContain(group)
  }
})

test.each(operations)('$operationId has a check in every group that applies', (operation) => {
  const found = checks.filter(({ operationId }) => operationId === operation.operationId)
  expect([...new Set(found.map(({ group }) => group))]).toEqual(
    expect.arrayContaining(groupsOf(operation)),
  )
})

test('every check applies to a started target, except for those that need distinct keys or stored data', () => {
  const applicable = new Set(
    started.flatMap((target) => planSuite(checks, target).applicable.map(({ id }) => id)),
  )
  const hasData = (id?: string): boolean =>
    id === undefined || started.some((target) => isStateful(target, id))
  const others = checks.filter(
    ({ id, needs, operationId }) =>
      !applicable.has(id) &&
      !needs.includes('keys') &&
      (!needs.includes('stateful') || hasData(operationId)),
  )
  expect(others.map(({ id }) => id)).toEqual([])
})

test('every check that does not apply has a reason', () => {
  for (const target of [...started, service]) {
    const { applicable, inapplicable } = planSuite(checks, target)
    expect(applicable.length + inapplicable.length).toBe(checks.length)
    for (const { reason } of inapplicable) expect(reason).toMatch(/\w+ \w+/)
  }
})

test.each(operations)('a service gets requests for $operationId only if it reads', (operation) => {
  const { applicable } = planSuite(checks, service)
  const found = new Set(
    applicable
      .filter(({ operationId }) => operationId === operation.operationId)
      .map(({ group }) => group),
  )
  for (const group of ['accepted', 'rejected'] as const)
    expect(found.has(group)).toBe(isRead(operation.method))
})

describe.each(started)('on $name', (target) => {
  const { applicable } = planSuite(checks, target)

  test.each(applicable)('$id: $title', async (check) => {
    const { result, message } = await runCheck(check, target)
    expect(result, message).toBe('passed')
  })
})
