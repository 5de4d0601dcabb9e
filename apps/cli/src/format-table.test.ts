import type { CallLog } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { formatTable, summarise } from './format-table.ts'

const call: CallLog = {
  id: 7,
  call_id: 'call_7',
  timestamp: '2025-01-15T09:30:00+02:00',
  status: 'reviewed_failure',
}

test('formatTable() shows instants in UTC and leaves missing fields empty', () => {
  expect(formatTable([call], 80).split('\n')[1]).toBe(
    ' 7  2025-01-15 07:30          reviewed failure',
  )
})

test('formatTable() neutralises escapes, line breaks and reversed text from the API', () => {
  const topic = '\u001B]0;owned\u0007\u001B[31mred\u001B[0m\nnew\u202Eline'
  const [, row, ...more] = formatTable([{ ...call, topic }], 200).split('\n')
  expect(more).toEqual([])
  // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
  expect(row).not.toMatch(/[\u0000-\u001F\u202E]/)
  expect(row).toContain('red new line')
})

test('formatTable() leaves out columns that do not fit, and cuts long texts with a mark', () => {
  const long = { ...call, topic: 'x'.repeat(200) }
  const [titles, row] = formatTable([long], 60).split('\n')
  expect(titles).toMatch(/STATUS$/)
  expect(row).toMatch(/reviewed failure$/)
  expect(formatTable([long], 200).split('\n')[1]).toMatch(/ x{59}…$/)
})

test('summarise() counts outcomes, and says so when there is nothing', () => {
  expect(summarise([call])).toBe('1 call: 0 succeeded, 1 failed, 0 reviewed.')
  expect(summarise([])).toBe('No calls.')
})
