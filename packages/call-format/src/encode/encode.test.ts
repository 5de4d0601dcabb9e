import type { CallLog } from '@cekura-kit/types'
import { array, assert, constantFrom, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import {
  columnNames,
  createMetricsCsv,
  csvHeader,
  encodeCsvField,
  encodeCsvRow,
  encodeNdjsonRow,
  maskNumber,
  readDuration,
} from '../index.ts'

const call: CallLog = {
  id: 7,
  call_id: 'call_7',
  timestamp: '2025-01-15T09:30:00Z',
  status: 'success',
  customer_number: '+15550100001',
}

test.each([
  ['=1+1', "'=1+1"],
  [' \u00a0@SUM(A1)', " \u00a0'@SUM(A1)"],
  ['a\n=1', '"a\n\'=1"'],
  ['refund;=1+1;x', '"refund;\'=1+1;x"'],
  ['a\t=2', '"a\t\'=2"'],
  [['a;=1'], '"[""a;\\u003d1""]"'],
  [[1, -2], '"[1,-2]"'],
  ['＝1', "'＝1"],
  ['+15550100', '+15550100'],
  ['-1.5', '-1.5'],
  ['say "a", b', '"say ""a"", b"'],
  [null, ''],
  [[{ id: 1 }], '"[{""id"":1}]"'],
])('the CSV field of %j is %j', (value, field) => {
  expect(encodeCsvField(value)).toBe(field)
})

test('no separator makes a spreadsheet see a formula, and JSON stays the same value', () => {
  const part = constantFrom(
    ',',
    ';',
    '\t',
    '|',
    '\r\n',
    '"',
    '\\',
    ' ',
    '=',
    '+',
    '-',
    '@',
    '1',
    'x',
  )
  const text = array(part).map((parts) => parts.join(''))
  assert(
    property(text, text, (topic, name) => {
      const fields = [topic, { [name]: [topic] }].map((value) => encodeCsvField(value))
      for (const cell of fields.flatMap((field) => field.split(/[,;\t|\r\n]/)))
        expect(cell).not.toMatch(/^[\s"]*[=+@-](?![\d.]*"?$)/)
      const json = fields[1]!.startsWith('"')
        ? fields[1]!.slice(1, -1).replaceAll('""', '"')
        : fields[1]!
      expect(JSON.parse(json)).toEqual({ [name]: [topic] })
    }),
  )
})

test('a megabyte of line breaks is encoded in linear time', () => {
  expect(encodeCsvField(`${'\n'.repeat(1e6)}=`)).toHaveLength(1e6 + 4)
})

test('CSV for a terminal has no control character but the end of the line', () => {
  const value = '\u001b]0;x\u0007 a\tb\r\n\u202e'
  expect(encodeCsvField(value, 'terminal')).toBe(
    '"\\u001b]0;x\\u0007 a\\u0009b\\u000d\\u000a\\u202e"',
  )
  expect(encodeCsvField(value)).toContain(value)
})

test('a line of CSV has the columns of the header, unknown fields as JSON in the last', () => {
  const row = encodeCsvRow({ ...call, sentiment: 1, extra: 'x' })
  expect(csvHeader.split(',')).toHaveLength(columnNames.length)
  expect(row).toMatch(/^7,call_7,2025-01-15T09:30:00Z,success,/)
  expect(row.endsWith('"{""sentiment"":1,""extra"":""x""}"\r\n')).toBe(true)
})

test('a table of metrics has one column per metric, the score or the label in it', () => {
  const { header, encode } = createMetricsCsv(
    new Map([
      [1, 'Latency'],
      [2, '=Mood'],
      [3, 'topic'],
    ]),
  )
  const metrics = [{ id: 1, score: 0.5 }, { id: 2, enum: 'good' }, null, { id: 9, score: 1 }]
  expect(header.endsWith(",extra,Latency,'=Mood,topic (3)\r\n")).toBe(true)
  expect(header).not.toContain('metrics')
  expect(encode({ ...call, metrics }).endsWith(',0.5,good,\r\n')).toBe(true)
})

test('a line of NDJSON parses to the same object and has no control character', () => {
  assert(
    property(string({ unit: 'binary' }), (topic) => {
      const line = encodeNdjsonRow({ ...call, topic })
      expect(JSON.parse(line)).toEqual({ ...call, topic })
      expect(line.slice(0, -1)).not.toMatch(/\p{Cc}|[\u2028-\u202e]/u)
    }),
    { examples: [['\u001b]0;x\u0007\u009b31m\u007f\u2028\u202e']] },
  )
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
