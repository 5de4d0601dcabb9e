import { expect, test } from 'vitest'
import { parseViolations } from './violation.ts'

test('violations of answers are kept, those of requests are the caller’s own', () => {
  const header = JSON.stringify([
    { location: ['request', 'query', 'page'], message: 'must be integer' },
    { location: ['response', 'body', 'results', '0'], message: 'must be object' },
    { location: ['response'] },
    { message: 'of nowhere' },
  ])
  expect(parseViolations(header)).toEqual([
    { location: 'response.body.results.0', message: 'must be object' },
    { location: 'response', message: '' },
    { location: '', message: 'of nowhere' },
  ])
  expect(parseViolations('[]')).toEqual([])
})

test('a header that Prism has cut is a violation itself', () => {
  expect(parseViolations('Too many violations! [{"location":')).toEqual([
    { location: '', message: 'more violations than the header holds' },
  ])
})
