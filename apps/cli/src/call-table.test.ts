import type { CallLog } from '@cekura-kit/client'
import { expect, test } from 'vitest'
import { formatCalls } from './call-table.ts'
import { summarizeCalls } from './summarize-calls.ts'
import { createStyle } from './terminal/color.ts'

const call: CallLog = {
  id: 7,
  call_id: 'call_7',
  timestamp: '2025-01-15T09:30:00+02:00',
  status: 'reviewed_failure',
}
const options = { fields: undefined, showPii: false, width: 80, style: createStyle(false) }
const lines = (calls: CallLog[], more: Partial<Parameters<typeof formatCalls>[1]> = {}): string[] =>
  formatCalls(calls, { ...options, ...more }).text.split('\n')

test('a table shows instants in UTC and leaves missing fields empty', () => {
  expect(lines([call])[1]).toBe(' 7  2025-01-15 07:30          reviewed failure')
})

test('a table neutralizes escapes, line breaks and reversed text from the API', () => {
  const topic = '\u001B]0;owned\u0007\u001B[31mred\u001B[0m\nnew\u202Eline'
  const [, row, ...more] = lines([{ ...call, topic }], { width: 200 })
  expect(more).toEqual([])
  // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
  expect(row).not.toMatch(/[\u0000-\u001F\u202E]/)
  expect(row).toContain('red new line')
  expect(row).not.toContain('owned')
})

test('long texts give way first, with a mark; then columns at the right are left out', () => {
  const long = { ...call, topic: 'x'.repeat(200), call_ended_reason: 'y'.repeat(30) }
  expect(lines([long], { width: 80 })[1]).toMatch(/reviewed failure  x+… {2}y+…$/)
  const { text, leftOut } = formatCalls([long], { ...options, width: 60 })
  expect(text.split('\n').every((line) => line.length <= 60)).toBe(true)
  expect(leftOut).toEqual(['ENDED BY', 'METRICS'])
})

test('signs that take two columns do not shift what follows', () => {
  const [titles, first, second] = lines(
    [
      { ...call, topic: '退款' },
      { ...call, topic: 'refund', call_ended_reason: 'z' },
    ],
    { width: 120 },
  )
  expect(second!.indexOf('z')).toBe(titles!.indexOf('ENDED BY'))
  expect(first).toMatch(/退款$/)
})

test('fields that are asked for are columns, personal ones masked until they are shown', () => {
  const own = { ...call, customer_number: '+15550142', feedback: 'Call me' }
  const fields = ['id', 'customer_number', 'feedback']
  expect(lines([own], { fields })[1]).toBe(' 7  ••••42           [masked]')
  expect(lines([own], { fields, showPii: true })[1]).toBe(' 7  +15550142        Call me')
})

test('the status is colored, the word stays', () => {
  const { text } = formatCalls([call], { ...options, style: createStyle(true) })
  expect(text).toContain('\u001b[31mreviewed failure\u001b[39m')
})

test('summarizeCalls() counts outcomes, and says so when there is nothing', () => {
  expect(summarizeCalls([call])).toBe('1 call: 0 succeeded, 1 failed, 0 reviewed.')
  expect(summarizeCalls([])).toBe('No calls.')
})
