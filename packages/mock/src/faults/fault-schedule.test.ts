import { expect, test } from 'vitest'
import { MockError } from '../mock-error.ts'
import { parseFaultSchedule } from './fault-schedule.ts'
import { faultKinds, parseTransportFault, shortFaults } from './transport-fault.ts'

const hits = (text: string, requests: number) => {
  const schedule = parseFaultSchedule(text)
  return Array.from({ length: requests }, (_, n) => schedule(n + 1)?.kind ?? '-').join(' ')
}

test.each([
  ['', '- - -'],
  ['  ', '- - -'],
  ['1:reset', 'reset - -'],
  [' 2:reset , 3:stall@5 ', '- reset stall'],
  ['2-3:stall', '- stall stall -'],
  ['*:html-502', 'html-502 html-502 html-502'],
  ['1-2:reset,3-3:stall', 'reset reset stall -'],
  ['3-5:reset,1-2:stall', 'stall stall reset reset reset -'],
  ['9-10:reset', '- - - - - - - - reset reset -'],
  ['12:reset', '- - - - - - - - - - - reset -'],
  ['1:redirect@http://h/?p=1', 'redirect -'],
])('"%s" is %s', (text, want) => {
  expect(hits(text, want.split(' ').length)).toBe(want)
})

const forms =
  /expected "1:reset,3-5:truncate@300", "\*:latency@50" or "p=0\.1,seed=7,faults=reset\|stall"/
test.each<[string, RegExp]>([
  ...[
    '1',
    'x1:reset',
    '1:reset\nx',
    '1:',
    '**:reset',
    '1:reset,',
    'p',
    'p=0.1,rate=3',
    'p=0.1,1:reset',
  ].map((text): [string, RegExp] => [text, forms]),
  ['0:reset', /the first request is 1/],
  ['0-3:reset', /the first request is 1/],
  ['12-3:reset', /"12-3:reset" ends before it starts/],
  ['1:reset,1:stall', /request 1 has two faults/],
  ['1-3:reset,3-5:stall', /request 3 has two faults/],
  ['3-5:reset,1-3:stall', /request 3 has two faults/],
  ['2:reset,*:stall', /request 2 has two faults/],
  ['1:reset,2:stall,2:html-502', /request 2 has two faults/],
  ...['p=2', 'p=-0.1', 'p=x', 'p=', 'seed=1'].map((text): [string, RegExp] => [
    text,
    /expected p from 0 to 1/,
  ]),
  ...['x', '1x', 'x1', '', '1234567890'].map((seed): [string, RegExp] => [
    `p=0.1,seed=${seed}`,
    /expected an integer as seed/,
  ]),
])('the schedule "%s" is an error', (text, message) => {
  expect(() => parseFaultSchedule(text)).toThrow(MockError)
  expect(() => parseFaultSchedule(text)).toThrow(message)
})

test('a random schedule is the same for the same seed and has the given density', () => {
  expect(hits('p=0.1,seed=7', 2000)).toBe(hits('p=0.1,seed=7', 2000))
  expect(hits('p=0.1,seed=7', 2000)).not.toBe(hits('p=0.1,seed=8', 2000))
  const count = hits('p=0.1', 2000).match(/[a-z]\S*/g)!.length
  expect(count).toBeGreaterThan(150)
  expect(count).toBeLessThan(250)
})

test('a random schedule hits none at 0 and all at 1, with the listed faults', () => {
  expect(hits('p=0', 50)).not.toMatch(/\w/)
  expect(hits('p=1,faults=reset', 3)).toBe('reset reset reset')
  expect(new Set(hits(' p = 1 , faults = stall|reset ', 50).split(' '))).toEqual(
    new Set(['stall', 'reset']),
  )
  expect(new Set(hits('p=1', 300).split(' '))).toEqual(new Set(shortFaults.map((one) => one.kind)))
  expect(hits('seed=123456789,p=0.5', 99)).not.toBe(hits('seed=1,p=0.5', 99))
  expect(hits('p=0.5', 99)).toBe(hits('p=0.5,seed=1', 99))
})

test.each([
  ['reset', { kind: 'reset' }],
  ['truncate@300', { kind: 'truncate', amount: 300 }],
  ['truncate@0', { kind: 'truncate', amount: 0 }],
  ['stall', { kind: 'stall' }],
  ['stall@7', { kind: 'stall', amount: 7 }],
  ['drip', { kind: 'drip', amount: 64 }],
  ['drip@1', { kind: 'drip', amount: 1 }],
  ['redirect', { kind: 'redirect' }],
  ['redirect@https://h/a@b', { kind: 'redirect', url: 'https://h/a@b' }],
  ['wrong-length', { kind: 'wrong-length', amount: 10 }],
  ['wrong-length@12', { kind: 'wrong-length', amount: 12 }],
  ['wrong-length@+12', { kind: 'wrong-length', amount: 12 }],
  ['wrong-length@-12', { kind: 'wrong-length', amount: -12 }],
  ['gzip-bomb', { kind: 'gzip-bomb', amount: 100 }],
  ['latency@123456789', { kind: 'latency', amount: 123_456_789 }],
])('the fault %s is %j', (text, fault) => {
  expect(parseTransportFault(text)).toStrictEqual(fault)
})

test.each([
  ['explode', /expected one of reset, reset-after-headers/],
  ['toString', /expected one of reset/],
  ['@3', /expected one of reset/],
  ['truncate', /expected bytes, such as truncate@300/],
  ['latency', /expected ms, such as latency@300/],
  ['reset@3', /reset has no argument/],
  ['bad-json@', /bad-json has no argument/],
  ['redirect@x', /expected an ASCII URL such as https/],
  ['redirect@https://é.test/', /expected an ASCII URL/],
  ['redirect@javascript:0', /expected an ASCII URL/],
  ['truncate@x', /expected bytes as an integer ≥ 0/],
  ['truncate@1x', /expected bytes as an integer ≥ 0/],
  ['truncate@-1', /expected bytes as an integer ≥ 0/],
  ['truncate@1234567890', /expected bytes as an integer ≥ 0/],
  ['latency@1.5', /expected ms as an integer ≥ 0/],
  ['drip@0', /expected bytes as an integer ≥ 1/],
  ['gzip-bomb@0', /expected megabytes as an integer ≥ 1/],
  ['wrong-length@0', /expected a difference/],
  ['wrong-length@x1', /expected a difference/],
  ['wrong-length@1x', /expected a difference/],
])('the fault %s is an error: %s', (text, message) => {
  expect(() => parseTransportFault(text)).toThrow(message)
})

test('each kind has a name', () => {
  expect(faultKinds).toEqual([
    'reset',
    'reset-after-headers',
    'truncate',
    'stall',
    'drip',
    'bad-json',
    'html-502',
    'html-503',
    'html-504',
    'redirect',
    'wrong-length',
    'gzip-bomb',
    'latency',
  ])
  expect(shortFaults.every(({ kind }) => faultKinds.includes(kind))).toBe(true)
})
