import type { CallLog } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { formatRecords } from './format-record.ts'
import { formatCalls } from './call-table.ts'
import { createStyle } from '../terminal/color.ts'

const call: CallLog = {
  id: 7,
  call_id: 'call_7',
  timestamp: '2025-01-15T09:30:00+02:00',
  status: 'reviewed_failure',
}
const options = { fields: undefined, width: 80, zone: 'UTC', style: createStyle(false, {}) }
const lines = (calls: CallLog[], more: Partial<Parameters<typeof formatCalls>[1]> = {}): string[] =>
  formatCalls(calls, { ...options, ...more }).split('\n')

test('a table shows times in its zone and leaves missing fields empty', () => {
  expect(lines([call])[1]).toMatch(/^ 7 {2}2025-01-15 07:30 +reviewed_failure$/)
})

test('a table neutralizes escapes, line breaks and reversed text from the API', () => {
  const topic = '\u001B]0;owned\u0007\u001B[31mred\u001B[0m\nnew\u202Eline'
  const [, row, ...more] = lines([{ ...call, topic }], { width: 200 })
  expect(more).toEqual([])
  // oxlint-disable-next-line no-control-regex -- matches control characters
  expect(row).not.toMatch(/[\u0000-\u001F\u202E]/)
  expect(row).toContain('red new line')
  expect(row).not.toContain('owned')
})

test('long texts shrink first; then columns at the right are hidden', () => {
  const long = { ...call, topic: 'x'.repeat(200), call_ended_reason: 'y'.repeat(30) }
  expect(lines([long], { width: 90 })[1]).toMatch(/reviewed_failure  x+… {2}y+…?$/)
  const narrow = lines([long], { width: 62 })
  expect(narrow.every((line) => line.length <= 62)).toBe(true)
  expect(narrow.slice(2)).toEqual(['Terminal too narrow: CALL ENDED REASON hidden. Use --json.'])
})

test('double-width characters do not shift the next column', () => {
  const [titles, first, second] = lines(
    [
      { ...call, topic: '退款' },
      { ...call, topic: 'refund', call_ended_reason: 'z' },
    ],
    { width: 120 },
  )
  expect(second!.indexOf('z')).toBe(titles!.indexOf('CALL ENDED REASON'))
  expect(first).toMatch(/退款$/)
})

test('a metric is a column, and a record has a line per field and metric', () => {
  const metrics = [{ id: 1, name: 'CSAT', type: 'rating', score: 4 }] as NonNullable<
    CallLog['metrics']
  >
  const rated = { ...call, metrics }
  expect(lines([rated])[0]).toMatch(/ CSAT$/)
  expect(lines([rated])[1]).toMatch(/ 4$/)
  expect(formatRecords([rated], options).split('\n')).toEqual([
    'id               7',
    'call_id          call_7',
    'timestamp (UTC)  2025-01-15 07:30',
    'status           reviewed_failure',
    'metrics',
    '  CSAT           4',
  ])
})

test('times follow the zone', () => {
  expect(lines([call], { zone: 'America/New_York' })[1]).toContain('2025-01-15 02:30')
})

test('the status is colored', () => {
  const text = formatCalls([call], { ...options, style: createStyle(true, {}) })
  expect(text).toContain('\u001b[31mreviewed_failure\u001b[39m')
})
