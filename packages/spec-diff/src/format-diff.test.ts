import { expect, test } from 'vitest'
import { judge } from './change.ts'
import { formatDiff } from './format-diff.ts'

const location = `GET /observability/v1/call-logs/ 200 body.results[].${'deep.'.repeat(20)}topic`
const changes = judge([
  { kind: 'response-property-removed', location, before: 'string', after: '' },
  { kind: 'deprecated', location: 'GET /a', before: '', after: 'deprecated' },
])

test('a wide terminal gets one row a change under its title', () => {
  const [head, first] = formatDiff({ bump: 'major', changes }, 500).split('\n')
  expect(head).toMatch(/^bump +kind +place +before → after +why$/)
  expect(first).toContain(location)
  expect(formatDiff({ bump: 'major', changes })).toContain(first)
})

test('at 80 columns a change is a block, nothing runs over and nothing is lost', () => {
  const text = formatDiff({ bump: 'major', changes }, 80)
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(text).toMatch(/^major ! {2}response-property-removed\n {9}GET \/observability/)
  expect(text.replaceAll(/\s/g, '')).toContain(location.replaceAll(/\s/g, ''))
  expect(text).toContain('\n         - string\n         reading it no longer compiles\n')
  expect(text).toMatch(/\n\n2 changes, 1 breaking. Bump: major\n$/)
})
