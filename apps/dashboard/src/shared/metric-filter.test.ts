import { expect, test } from 'vitest'
import { readList, writeList } from './choice.ts'
import { readMetricFilter, writeMetricFilter } from './metric-filter.ts'

test.each(['310:2..4', '310:-1.5..<0.25', '310:..4', '310:3..', '312:=positive', '312:=a..b:=c'])(
  '%s survives being read and written',
  (text) => expect(writeMetricFilter(readMetricFilter(text)!)).toBe(text),
)

test.each(['', '310', '310:', '310:..', '310:4..2', '310:a..b', 'x:1..2', '310:1..2..3'])(
  '"%s" is no metric filter',
  (text) => expect(readMetricFilter(text)).toBeUndefined(),
)

test('a list survives values with its own separator and with broken escapes', () => {
  const values = ['a|b', '100%', '', 'Öffnungszeiten', '%7C']
  expect(readList(writeList(values))).toEqual(values)
  expect(readList('%E0%A4%A|b')).toEqual(['%E0%A4%A', 'b'])
})
