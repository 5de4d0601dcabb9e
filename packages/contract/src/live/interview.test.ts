// A sandbox plays the service: with another profile it has to give other answers.
import { profiles, startMock, type ProfileName } from '@cekura-kit/mock'
import type { SpecDocument } from '@cekura-kit/spec'
import bundled from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { expect, test } from 'vitest'
import type { Answer } from '../target.ts'
import { describeInterview, interview } from './interview.ts'
import { createLiveTarget } from './live-target.ts'

const document = bundled as unknown as SpecDocument
/** Four months of made-up calls: longer than any range that a profile answers by itself. */
const startMs = Date.parse('2024-10-01T00:00:00Z')
const nowMs = Date.parse('2025-02-01T00:00:00Z')

async function ask(options: Parameters<typeof startMock>[0]) {
  await using mock = await startMock({
    mode: 'sandbox',
    rows: 1500,
    startMs,
    endMs: nowMs,
    ...options,
  })
  const answers: Answer[] = []
  const target = createLiveTarget(
    { url: mock.url, key: 'secret-key', agentId: '2142' },
    { onAnswer: (_, answer) => answers.push(answer) },
  )
  const told = await interview(document, target, { nowMs, answers })
  const answerOf = (id: string) => told.questions.find((question) => question.id === id)?.answer
  return { ...told, answers, answerOf }
}

test.each(Object.keys(profiles) as ProfileName[])(
  'the answers of a service that does as %s does are that profile',
  async (profile) => {
    const { guesses } = await ask({ profile })
    expect(guesses).toEqual(profiles[profile])
  },
)

test('what differs from the sandbox is said as the options of one that does the same', async () => {
  const told = await ask({ guesses: { badPage: 400, pageSize: 33, missingKey: 403 } })
  const text = describeInterview(told)
  expect(text).toContain(
    'a sandbox that does the same: startMock({ guesses: {"pageSize":33,"badPage":400,"missingKey":403} })',
  )
  expect(text).toContain('  the status without a key? 403 (the sandbox: 401)\n')
  expect(text).toContain('  in which order do calls come? newest-first\n')
})

test('an answer holds no value of a call and no key', async () => {
  const told = await ask({})
  const text = describeInterview(told)
  expect(text).not.toContain('secret-key')
  const values = told.answers.flatMap(({ status, text: body }) =>
    status === 200 && body
      ? (JSON.parse(body) as { results: object[] }).results.flatMap((row) =>
          Object.values(row).filter((value) => typeof value === 'string' && value.length > 4),
        )
      : [],
  )
  expect(values.length).toBeGreaterThan(1000)
  expect(values.filter((value) => text.includes(value as string))).toEqual([])
})

test('a service is only read', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 50 })
  const methods = new Set<string>()
  const target = createLiveTarget(
    { url: mock.url, key: 'k', agentId: '2142' },
    { onAnswer: ({ method = 'GET' }) => methods.add(method) },
  )
  await interview(document, target, { nowMs, answers: [] })
  expect([...methods].sort()).toEqual(['GET', 'HEAD'])
})

test('an agent without calls leaves open what only calls can tell', async () => {
  const { guesses, answerOf } = await ask({ rows: 0 })
  expect(answerOf('order')).toBe('cannot be told: the agent has no calls')
  expect(answerOf('pageSize')).toBe('cannot be told: all calls fit on one page')
  expect(guesses).not.toHaveProperty('order')
  expect(guesses).toMatchObject({ badPage: 404, missingKey: 401, blankFilter: 'refused' })
})

test('a service that answers nothing but failures leaves everything open', async () => {
  const { guesses, answerOf } = await ask({ transport: '*:html-502' })
  expect(guesses).toEqual({})
  expect(answerOf('badPage')).toBe('answered with 502')
  expect(answerOf('order')).toBe('cannot be told: a list is answered with 502')
  expect(answerOf('failures')).toBe('502 text/html')
})

test('throttling is reported with the form of its Retry-After', async () => {
  await using mock = await startMock({ mode: 'sandbox', rows: 50 })
  const body = JSON.stringify([{ status: 429, retryAfter: 1 }])
  await fetch(`${mock.controlUrl}/faults`, { method: 'POST', body })
  const answers: Answer[] = []
  let at = 0
  const target = createLiveTarget(
    { url: mock.url, key: 'k', agentId: '2142' },
    {
      onAnswer: (_, answer) => answers.push(answer),
      now: () => at,
      async sleep(ms) {
        at += ms
      },
    },
  )
  const { questions } = await interview(document, target, { nowMs, answers })
  expect(questions.find(({ id }) => id === 'throttling')?.answer).toBe('1 times, with seconds')
  expect(at).toBe(1000)
})
