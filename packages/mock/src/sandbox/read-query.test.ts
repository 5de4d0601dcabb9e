import { expect, test } from 'vitest'
import { profiles, type Guesses } from './profile.ts'
import { readQuery, Refused } from './read-query.ts'

const nowMs = Date.parse('2025-02-01T00:00:00Z')
const dayMs = 86_400_000

function read(query: Record<string, string>, guesses: Partial<Guesses> = {}) {
  const all = new URLSearchParams({ agent_id: '7', ...query })
  return readQuery(all, { ...profiles.framework, ...guesses }, nowMs)
}

function refusalOf(query: Record<string, string>, guesses: Partial<Guesses> = {}) {
  try {
    return read(query, guesses)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return [error.status, error.body]
  }
}

test('a query that names an agent only is its first page, unfiltered', () => {
  expect(read({})).toEqual({
    filter: {
      agentId: 7,
      fromMs: undefined,
      toMs: undefined,
      ids: undefined,
      assistantId: undefined,
    },
    page: 1,
    size: 20,
  })
})

test('every parameter is read', () => {
  expect(
    read({
      page: '12',
      page_size: '34',
      timestamp_from: '2025-01-01T00:00:00Z',
      timestamp_to: '2025-01-02T00:00:00.250+01:00',
      call_ids: ' 12 , 345,6',
      assistant_id: 'asst_1',
    }),
  ).toEqual({
    filter: {
      agentId: 7,
      fromMs: Date.parse('2025-01-01T00:00:00Z'),
      toMs: Date.parse('2025-01-01T23:00:00.250Z'),
      ids: [12, 345, 6],
      assistantId: 'asst_1',
    },
    page: 12,
    size: 34,
  })
})

test.each<[Record<string, string>, object]>([
  [{ agent_id: 'x' }, { agent_id: ['A valid integer is required.'] }],
  [{ agent_id: '1.5' }, { agent_id: ['A valid integer is required.'] }],
  [{ agent_id: '5x' }, { agent_id: ['A valid integer is required.'] }],
  [{ agent_id: 'x5' }, { agent_id: ['A valid integer is required.'] }],
  [{ agent_id: '' }, { agent_id: ['A valid integer is required.'] }],
  [{ call_ids: '' }, { call_ids: ['Enter whole numbers separated by commas.'] }],
  [{ call_ids: '1,,2' }, { call_ids: ['Enter whole numbers separated by commas.'] }],
  [{ call_ids: '1,a2' }, { call_ids: ['Enter whole numbers separated by commas.'] }],
  [{ call_ids: '2a,1' }, { call_ids: ['Enter whole numbers separated by commas.'] }],
  [{ assistant_id: '' }, { assistant_id: ['This field may not be blank.'] }],
  [
    { timestamp_from: 'x', agent_id: 'y' },
    {
      timestamp_from: ['Datetime has wrong format.'],
      agent_id: ['A valid integer is required.'],
    },
  ],
])('%j is refused with 400, each field by its name', (query, body) => {
  expect(refusalOf(query)).toEqual([400, body])
})

test('no agent is refused, a negative one is one', () => {
  expect(() => readQuery(new URLSearchParams(), profiles.framework, nowMs)).toThrow(Refused)
  try {
    readQuery(new URLSearchParams(), profiles.framework, nowMs)
  } catch (error) {
    expect((error as Refused).body).toEqual({ agent_id: ['This field is required.'] })
  }
  expect(read({ agent_id: '-12' }).filter.agentId).toBe(-12)
})

test.each([
  '2025-01-15T12:00:00Z',
  '2025-01-15t12:00:00z',
  '2025-01-15 12:00:00Z',
  '2025-01-15T12:00Z',
  '2025-01-15T12:00:00.123456Z',
  '2025-01-15T12:00:00+05:30',
  '2025-01-15T12:00:00-11:00',
  '2024-02-29T00:00:00Z',
])('%s is an instant', (text) => {
  expect(read({ timestamp_from: text }).filter.fromMs).toBe(Date.parse(text))
})

test.each([
  'yesterday',
  '2025-01-15',
  '2025-01-15T12:00:00',
  '2025-1-15T12:00:00Z',
  '2025-01-15T12Z',
  '2025-01-15T12:00:00.Z',
  '2025-01-15T12:00:00+05',
  '2025-01-15T25:00:00Z',
  '2025-02-30T12:00:00Z',
  '2025-02-29T12:00:00Z',
  '2025-13-01T12:00:00Z',
  'x2025-01-15T12:00:00Z',
  '2025-01-15T12:00:00Zx',
  '2025-01-15 12:00:00Z (noon)',
  '202-01-15T12:00:00Z',
  '',
])('"%s" is none', (text) => {
  const body = { timestamp_to: ['Datetime has wrong format.'] }
  expect(refusalOf({ timestamp_to: text })).toEqual([400, body])
})

test('an instant without an offset is of UTC where that is guessed, and only then', () => {
  for (const text of ['2025-01-15T12:00:00', '2025-01-15 12:00', '2025-01-15T12:00:00.5'])
    expect(read({ timestamp_from: text }, { zonelessTime: 'utc' }).filter.fromMs).toBe(
      Date.parse(`${text.replace(' ', 'T')}Z`),
    )
  expect(refusalOf({ timestamp_from: '2025-01-15' }, { zonelessTime: 'utc' })).toEqual([
    400,
    { timestamp_from: ['Datetime has wrong format.'] },
  ])
  const zoned = '2025-01-15T12:00:00+01:00'
  expect(read({ timestamp_from: zoned }, { zonelessTime: 'utc' }).filter.fromMs).toBe(
    Date.parse(zoned),
  )
})

test('the end of a range is in it, or a millisecond before it', () => {
  const to = '2025-01-15T12:00:00Z'
  expect(read({ timestamp_to: to }).filter.toMs).toBe(Date.parse(to))
  const excluded = { endOfRange: 'excluded' } as const
  expect(read({ timestamp_to: to }, excluded).filter.toMs).toBe(Date.parse(to) - 1)
  expect(read({}, excluded).filter.toMs).toBeUndefined()
})

test('a list without a start goes back so many days, from its end or from now', () => {
  const guesses = { defaultDays: 30 }
  expect(read({}, guesses).filter.fromMs).toBe(nowMs - 30 * dayMs)
  const to = '2025-01-31T00:00:00Z'
  expect(read({ timestamp_to: to }, guesses).filter.fromMs).toBe(Date.parse(to) - 30 * dayMs)
  const from = '2020-01-01T00:00:00Z'
  expect(read({ timestamp_from: from }, guesses).filter.fromMs).toBe(Date.parse(from))
})

test('a range may be as long as is guessed, and no longer', () => {
  const guesses = { maxRangeDays: 33 }
  const from = new Date(nowMs - 33 * dayMs).toISOString()
  const earlier = new Date(nowMs - 33 * dayMs - 1).toISOString()
  const body = { timestamp_from: ['The range may span 33 days.'] }
  expect(read({ timestamp_from: from }, guesses).filter.fromMs).toBe(Date.parse(from))
  expect(refusalOf({ timestamp_from: earlier }, guesses)).toEqual([400, body])
  const to = '2025-01-01T00:00:00Z'
  expect(refusalOf({ timestamp_from: earlier, timestamp_to: to }, guesses)).not.toEqual([400, body])
  expect(read({ timestamp_to: '2030-01-01T00:00:00Z' }, { maxRangeDays: 3000 }).page).toBe(1)
})

test('blanks and names that there are not are ignored or refused, as is guessed', () => {
  expect(read({ assistant_id: '', call_ids: '' }, { blankFilter: 'ignored' }).filter).toMatchObject(
    { ids: undefined, assistantId: undefined },
  )
  const some = { assistant_id: 'a', call_ids: '1' }
  expect(read(some, { blankFilter: 'ignored' }).filter).toMatchObject({
    ids: [1],
    assistantId: 'a',
  })
  expect(read({ pagesize: '5' }).size).toBe(20)
  expect(refusalOf({ pagesize: '5', toString: '1' }, { unknownParameter: 'refused' })).toEqual([
    400,
    {
      pagesize: ['There is no such parameter.'],
      toString: ['There is no such parameter.'],
    },
  ])
  const all = {
    page: '1',
    page_size: '2',
    timestamp_from: '2025-01-01T00:00:00Z',
    timestamp_to: '2025-01-02T00:00:00Z',
    call_ids: '1',
    assistant_id: 'a',
  }
  expect(read(all, { unknownParameter: 'refused' }).size).toBe(2)
})

test.each(['0', '-1', 'abc', '1.5', ''])(
  'a page_size of "%s" is the default, or refused',
  (size) => {
    expect(read({ page_size: size }).size).toBe(20)
    expect(refusalOf({ page_size: size }, { badPageSize: 'refused' })).toEqual([
      400,
      { page_size: ['A positive integer is required.'] },
    ])
  },
)

test('no page_size is the default, whatever becomes of a bad one', () => {
  expect(read({}, { badPageSize: 'refused', pageSize: 7 }).size).toBe(7)
})

test('a page_size up to the largest is taken, one above it cut or refused', () => {
  const refused = { largePageSize: 'refused' } as const
  expect([read({ page_size: '1' }).size, read({ page_size: '100' }, refused).size]).toEqual([
    1, 100,
  ])
  expect(read({ page_size: '101' }).size).toBe(100)
  expect(refusalOf({ page_size: '101' }, refused)).toEqual([
    400,
    { page_size: ['May be 100 at most.'] },
  ])
})

test.each(['0', '-1', 'abc', '1.5', '1x', 'x1', ''])('a page of "%s" is 404, or 400', (page) => {
  expect(refusalOf({ page })).toEqual([404, { detail: 'Invalid page.' }])
  const body = { page: ['A positive integer is required.'] }
  expect(refusalOf({ page }, { badPage: 400 })).toEqual([400, body])
})

test('what is refused with 400 is told before a page that there is not', () => {
  expect(refusalOf({ page: '0', agent_id: 'x' })).toEqual([
    400,
    { agent_id: ['A valid integer is required.'] },
  ])
})
