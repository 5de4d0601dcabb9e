import { createMockFetch } from '@cekura-kit/client/testing'
import { expect, test } from 'vitest'
import { formatResumeToken, parseResumeToken } from '../../src/pagination/resume-token.ts'
import { catchCekuraError, readAll } from '../support/catch-error.ts'
import { callLogs, createClientOn, idsOf } from '../support/client-on.ts'

const agent = { agent_id: 1 }

test.each([
  { what: 'no end', query: {} },
  { what: 'an end as text', query: { timestamp_to: '2025-01-01T00:00:00+05:30' } },
  { what: 'an end as a Date', query: { timestamp_to: new Date('2025-01-01T00:00:00Z') } },
  { what: 'a page size', query: { page_size: 2 } },
  { what: 'a first page', query: { page: 2, page_size: 2 } },
])('a token continues after the last page of a list with $what', async ({ query }) => {
  const { fetch, requests } = createMockFetch({ calls: callLogs(7), pageSize: 2 })
  const { list } = createClientOn(fetch).callLogs
  const pages = list({ ...agent, ...query }).pages({ maxPages: 1 })
  const seen = (await readAll(pages)).flatMap(({ results }) => idsOf(results))
  expect(pages.report).toMatchObject({ pages: 1, complete: false })
  const resume = pages.resumeToken!
  // The token decides, whatever the query says.
  seen.push(...idsOf(await readAll(list(agent, { resume }))))
  expect(seen).toEqual(idsOf(callLogs(7)).slice('page' in query ? 2 : 0))
  expect(new Set(requests.map(({ timestamp_to }) => timestamp_to)).size).toBe(1)
})

test('an awaited list with a token is the next page', async () => {
  const { fetch, requests } = createMockFetch({ calls: callLogs(5), pageSize: 2 })
  const { list } = createClientOn(fetch).callLogs
  const pages = list(agent).pages({ maxPages: 1 })
  await readAll(pages)
  expect(idsOf((await list(agent, { resume: pages.resumeToken })).results)).toEqual([2, 3])
  expect(requests[1]).toEqual({
    agent_id: '1',
    page: '2',
    timestamp_to: requests[0]!['timestamp_to'],
  })
})

test('a token that was resumed and stopped again is valid', async () => {
  const { fetch } = createMockFetch({ calls: callLogs(6), pageSize: 2 })
  const { list } = createClientOn(fetch).callLogs
  let resume: string | undefined
  const seen: number[] = []
  for (let run = 0; run < 3; run++) {
    const pages = list(agent, { resume }).pages({ maxPages: 1 })
    for (const { results } of await readAll(pages)) seen.push(...idsOf(results))
    resume = pages.resumeToken
  }
  expect(seen).toEqual([0, 1, 2, 3, 4, 5])
  expect(resume).toBeUndefined()
})

test.each([
  { page: 2 },
  { page: 2, page_size: 100 },
  { page: 999_999_999, timestamp_to: '2025-01-01T00:00:00.000Z' },
  { page: 3, page_size: 1, timestamp_to: '2025-01-01T00:00:00+05:30' },
])('$page, $page_size and $timestamp_to are the same after a token', (position) => {
  expect(parseResumeToken(formatResumeToken(position))).toEqual(position)
})

test.each([
  'v1.0.x',
  'v2.1.2025-01-01T00:00:00Z',
  'junk',
  '~~',
  '0~~',
  '-1~~',
  '1e3~~',
  '1.5~~',
  '2',
  '2~',
  '2~0~',
  '2~x~',
  '2~~x',
  '2~~2025-01-01',
  '2~~2025-02-30T00:00:00Z',
  '2~~2025-01-01T00:00:00Z&page=1',
  '9999999999~~',
  ' 2~~',
  '2~~\n',
])('rejects the token %j before sending', async (resume) => {
  const { fetch, requests } = createMockFetch()
  const { list } = createClientOn(fetch).callLogs
  const expected = {
    reason: 'invalid_option',
    details: { option: 'resume', expected: 'the resumeToken of an iteration' },
  }
  expect(await catchCekuraError(list(agent, { resume }))).toMatchObject(expected)
  expect(await catchCekuraError(readAll(list(agent, { resume })))).toMatchObject(expected)
  expect(requests).toEqual([])
})
