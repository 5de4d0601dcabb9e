import { expect, test } from 'vitest'
import { createStyle } from './color.ts'
import { formatRows } from './format-rows.ts'

const screen = (width: number) => ({ width, style: createStyle(false) })

const rows = [
  { topic: 'refund', calls: 7 },
  { topic: null, calls: 144 },
]

test('rows are columns with numbers at the right', () => {
  expect(formatRows(['topic', 'calls'], rows, screen(80))).toBe(
    ['topic   calls', 'refund      7', '          144'].join('\n'),
  )
})

test('rows wider than the screen are told field by field', () => {
  expect(formatRows(['topic', 'calls'], rows, screen(10))).toBe(
    ['topic  refund', 'calls  7', '', 'topic', 'calls  144'].join('\n'),
  )
})

test('what the data says cannot color the screen or break the line', () => {
  expect(formatRows(['a'], [{ a: 'x\u001b[31m\r\ny' }], screen(80))).toBe('a\nx  y')
})
