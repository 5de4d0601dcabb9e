import type { CallLog } from '@cekura-kit/types'
import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { createKeyedHash } from './keyed-hash.ts'
import {
  columnNames,
  csvHeader,
  encodeCsvField,
  encodeCsvRow,
  encodeNdjsonRow,
  hidePersonalData,
  maskNumber,
  readDuration,
} from './index.ts'

const call: CallLog = {
  id: 7,
  call_id: 'call_7',
  timestamp: '2025-01-15T09:30:00Z',
  status: 'success',
  customer_number: '+15550100001',
  feedback: 'Rude.',
}
const hash = createKeyedHash('key')

test.each([
  ['=1+1', "'=1+1"],
  [' \u00a0@SUM(A1)', "' \u00a0@SUM(A1)"],
  ['a\n=1', '"\'a\n=1"'],
  ['＝1', "'＝1"],
  ['+15550100', '+15550100'],
  ['-1.5', '-1.5'],
  ['say "a", b', '"say ""a"", b"'],
  [null, ''],
  [[{ id: 1 }], '"[{""id"":1}]"'],
])('the CSV field of %j is %j', (value, field) => {
  expect(encodeCsvField(value)).toBe(field)
})

test('a line of CSV has the columns of the header, unknown fields as JSON in the last', () => {
  const row = encodeCsvRow({ ...call, sentiment: 1, extra: 'x' })
  expect(csvHeader.split(',')).toHaveLength(columnNames.length)
  expect(row).toMatch(/^7,call_7,2025-01-15T09:30:00Z,success,/)
  expect(row.endsWith('"{""sentiment"":1,""extra"":""x""}"\r\n')).toBe(true)
})

test('a line of NDJSON is the object itself, and no terminal can act on it', () => {
  assert(
    property(string({ unit: 'binary' }), (topic) => {
      const line = encodeNdjsonRow({ ...call, topic })
      expect(JSON.parse(line)).toEqual({ ...call, topic })
      expect(line.slice(0, -1)).not.toMatch(/\p{Cc}|[\u2028\u2029]/u)
    }),
    { examples: [['\u001b]0;x\u0007\u009b31m\u007f\u2028']] },
  )
})

test.each([
  ['mask', { customer_number: '••••01', feedback: '[masked]' }],
  ['hash', { customer_number: hash('+15550100001'), feedback: hash('Rude.') }],
  ['keep', { customer_number: '+15550100001', feedback: 'Rude.' }],
] as const)('the rule "%s" touches personal fields alone', (rule, fields) => {
  expect(hidePersonalData(call, rule, hash)).toEqual({ ...call, ...fields })
})

test('the rule "drop" leaves personal fields out, and keeps those that say nothing', () => {
  const { customer_number: _, ...others } = call
  const given = {
    ...call,
    feedback: '',
    transcript: 'secret',
    transcript_object: [{ a: 'secret' }],
  }
  expect(hidePersonalData(given, 'drop', hash)).toEqual({ ...others, feedback: '' })
})

test('a hash depends on its key, and is equal for equal texts', () => {
  expect(hash('+1')).toMatch(/^[\da-f]{32}$/)
  expect(createKeyedHash('key')('+1')).toBe(hash('+1'))
  expect(createKeyedHash('other')('+1')).not.toBe(hash('+1'))
})

test.each([
  ['+15550100001', '••••01'],
  ['123456', '••••'],
  ['', ''],
  [undefined, ''],
])('the number %j is shown as %j', (number, shown) => {
  expect(maskNumber(number)).toBe(shown)
})

test.each([
  ['01:10', 70],
  ['90:00', 5400],
  ['1:00:01', 3601],
  ['01:75', null],
  ['70', null],
  [70, null],
])('the duration %j is %j seconds', (text, seconds) => {
  expect(readDuration(text)).toBe(seconds)
})
