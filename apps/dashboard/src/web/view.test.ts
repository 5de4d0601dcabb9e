import { expect, test } from 'vitest'
import { excludeValue, noChoice, toggleValue, writeChoice } from '../shared/choice.ts'
import { facetCondition, metricCondition, replaceMetric } from './condition.ts'
import { readView, toFilterQuery } from './view.ts'

const read = (search: string) => readView(new URLSearchParams(search))

test('an empty URL shows the last 7 days, newest first, in UTC', () => {
  const { view, ignored } = read('')
  expect(ignored).toEqual({})
  expect(view).toMatchObject({ range: '7d', from: undefined, sort: '-time', tz: 'UTC' })
})

test('a complete view is read from its URL', () => {
  const { view, ignored } = read(
    'agent=2142&from=2025-01-01T00:00Z&to=2025-01-31T00:00:00.000Z&outcome=failure|not_evaluated' +
      '&topic=&reason=!a|b&reviewed=yes&min=60&max=90&metric=310:2..<4|312:%3Dpositive&q=refund' +
      '&sort=metric:310&call=7&tz=Asia/Tokyo&cols=time,outcome,m310' +
      '&charts=off&by=hour',
  )
  expect(ignored).toEqual({})
  expect(view).toEqual({
    agent: 2142,
    range: '7d',
    from: '2025-01-01T00:00Z',
    to: '2025-01-31T00:00:00.000Z',
    outcome: { values: ['failure', 'not_evaluated'], isExcluded: false },
    reason: { values: ['a', 'b'], isExcluded: true },
    topic: { values: [''], isExcluded: false },
    dropoff: noChoice,
    reviewed: { values: ['yes'], isExcluded: false },
    hour: noChoice,
    min: 60,
    max: 90,
    metric: [
      { id: 310, from: 2, to: 4, isOpen: true },
      { id: 312, label: 'positive' },
    ],
    q: 'refund',
    by: 'hour',
    sort: 'metric:310',
    call: 7,
    tz: 'Asia/Tokyo',
    cols: ['time', 'outcome', 'm310'],
    charts: [],
  })
})

test.each([
  ['status=success|reviewed_success', ['success'], undefined],
  ['status=reviewed_failure', ['failure'], ['yes']],
  ['status=failure', ['failure'], ['no']],
])('a link of an older version with %s is read', (search, outcome, reviewed = []) => {
  const { view } = read(search)
  expect([view.outcome.values, view.reviewed.values]).toEqual([outcome, reviewed])
})

test.each([
  ['agent', 'agent=abc'],
  ['range', 'range=2y'],
  ['from', 'from=2025-01-02T00:00Z&to=2025-01-01T00:00Z'],
  ['from', 'from=2025-01-01T00:00Z&to=2025-06-01T00:00Z'],
  ['from', 'from=2025-01-01T00:00Z'],
  ['from', 'from=javascript:alert(1)&to=x'],
  ['reviewed', 'reviewed=maybe'],
  ['min', 'min=-1'],
  ['min', 'min=90&max=60'],
  ['metric', 'metric=310:a..b'],
  ['sort', 'sort=customer_number'],
  ['call', 'call=1e5'],
  ['tz', 'tz=Mars'],
  ['outcome', 'outcome=fail'],
  ['charts', 'charts=pie'],
  ['cols', 'cols=time,secret'],
  ['q', `q=${'x'.repeat(201)}`],
])('an invalid value of %s is ignored and listed: %s', (name, search) => {
  const { view, ignored } = read(search)
  expect(Object.keys(ignored)).toContain(name)
  expect(view).toMatchObject({ range: '7d', from: undefined, to: undefined })
})

test('a range over the maximum names the rule', () =>
  expect(read('from=2015-01-01T00:00Z&to=2025-01-01T00:00Z').ignored).toEqual({
    from: 'A range has up to 92 days.',
  }))

test('a name without a value is the empty value of a facet, also on the server', () => {
  const { view } = read('topic=')
  expect(toFilterQuery(view, 1, { from: 'a', to: 'b' })).toEqual({
    agent_id: 1,
    from: 'a',
    to: 'b',
    zone: 'UTC',
    topic: '',
  })
})

test('a choice is extended, reduced, inverted and removed', () => {
  const choice = { values: ['a'], isExcluded: false }
  expect(writeChoice(toggleValue(choice, 'b|c'))).toBe('a|b%7Cc')
  expect(writeChoice(toggleValue(choice, 'a'))).toBeUndefined()
  expect(writeChoice(excludeValue(choice, '!x'))).toBe('!%21x')
})

test('a condition of a facet starts a new choice where values are excluded', () => {
  const { view } = read('topic=!a&reason=x')
  expect(facetCondition(view, 'topic', 'a')).toEqual({
    label: 'a',
    isChosen: false,
    toggle: { topic: 'a' },
    only: { topic: 'a' },
    exclusion: { isExcluded: true, toggle: { topic: undefined } },
  })
  expect(facetCondition(view, 'reason', 'x').toggle).toEqual({ reason: undefined })
  expect(facetCondition(view, 'reason', 'y')).toMatchObject({
    toggle: { reason: 'x|y' },
    only: { reason: 'y' },
    exclusion: { isExcluded: false, toggle: { reason: '!y' } },
  })
})

test("a metric's conditions are alternatives, or replaced by one", () => {
  const positive = { id: 312, label: 'positive' }
  const { view } = read('metric=310:2..4|312:%3Dnegative')
  expect(metricCondition(view, positive)).toEqual({
    label: 'positive',
    isChosen: false,
    toggle: { metric: '310:2..4|312:=negative|312:=positive' },
    only: { metric: '310:2..4|312:=positive' },
  })
  expect(metricCondition(view, { id: 312, label: 'negative' })).toMatchObject({
    isChosen: true,
    toggle: { metric: '310:2..4' },
  })
  expect(replaceMetric(view, 312, undefined)).toEqual({ metric: '310:2..4' })
  expect(replaceMetric(view, 312, positive)).toEqual({ metric: '310:2..4|312:=positive' })
})
