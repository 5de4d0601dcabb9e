import { expect, test } from 'vitest'
import { readView, replaceMetric, toFilterQuery, toggleMetric, toggleValue } from './view.ts'

const read = (search: string) => readView(new URLSearchParams(search))

test('an empty address shows the last 30 days, newest first, in UTC', () => {
  const { view, wrong } = read('')
  expect(wrong).toEqual([])
  expect(view).toMatchObject({ time: { range: '30d' }, sort: '-timestamp', zone: 'UTC' })
})

test('a whole view is read back from its address', () => {
  const { view, wrong } = read(
    'agent=2142&from=2025-01-01T00:00Z&to=2025-01-31T00:00:00.000Z&status=failure|reviewed_failure' +
      '&topic=&reviewed=yes&min=60&max=90&metric=310:2..<4|312:%3Dpositive&q=refund&sort=metric:310' +
      '&call=7&tz=local&cols=time,status,m310&widths=topic:220,m310:90&density=compact&charts=off',
  )
  expect(wrong).toEqual([])
  expect(view).toEqual({
    agent: 2142,
    time: { from: '2025-01-01T00:00Z', to: '2025-01-31T00:00:00.000Z' },
    facets: {
      status: ['failure', 'reviewed_failure'],
      reason: [],
      topic: [''],
      reviewed: ['yes'],
    },
    min: 60,
    max: 90,
    metrics: [
      { id: 310, from: 2, to: 4, isOpen: true },
      { id: 312, label: 'positive' },
    ],
    q: 'refund',
    sort: 'metric:310',
    call: 7,
    zone: 'local',
    columns: ['time', 'status', 'm310'],
    widths: { topic: 220, m310: 90 },
    density: 'compact',
    hasCharts: false,
  })
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
  ['cols', 'cols=time,secret'],
  ['widths', 'widths=topic:9999999'],
  ['q', `q=${'x'.repeat(201)}`],
])('what the address says wrongly of %s is left out and named: %s', (name, search) => {
  const { view, wrong } = read(search)
  expect(wrong).toEqual([name])
  expect(view.time).toEqual({ range: '30d' })
})

test('a name without a value means the empty value of a facet, which the server reads too', () => {
  const { view } = read('topic=')
  expect(toFilterQuery(view, 1, { from: 'a', to: 'b' })).toEqual({
    agent_id: 1,
    from: 'a',
    to: 'b',
    topic: '',
  })
})

test('a choice is added, taken out, and gone when nothing is left', () => {
  expect(toggleValue(['a'], 'b|c')).toBe('a|b%7Cc')
  expect(toggleValue(['a', 'b'], 'a')).toBe('b')
  expect(toggleValue(['a'], 'a')).toBeUndefined()
})

test("a metric's conditions widen one another, or give way to one", () => {
  const positive = { id: 312, label: 'positive' }
  const { view } = read('metric=310:2..4|312:%3Dnegative')
  expect(toggleMetric(view.metrics, positive)).toBe('310:2..4|312:=negative|312:=positive')
  expect(replaceMetric(view.metrics, 312, undefined)).toBe('310:2..4')
  expect(replaceMetric(view.metrics, 312, positive)).toBe('310:2..4|312:=positive')
})
