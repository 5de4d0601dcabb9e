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
  'write "1:reset,3-5:truncate@300", "*:latency@50" or "p=0.1,seed=7,faults=reset|stall"'
test.each([
  ['1', `"1" is no entry of one; ${forms}`],
  ['x1:reset', `"x1:reset" is no entry of one; ${forms}`],
  ['1:reset\nx', `"1:reset\nx" is no entry of one; ${forms}`],
  ['1:', `"1:" is no entry of one; ${forms}`],
  ['**:reset', `"**:reset" is no entry of one; ${forms}`],
  ['1:reset,', `"" is no entry of one; ${forms}`],
  ['0:reset', 'request 0 never comes; the first request is 1'],
  ['0-3:reset', 'request 0 never comes; the first request is 1'],
  ['12-3:reset', '"12-3:reset" ends before it begins; write 3-12'],
  ['1:reset,1:stall', 'request 1 has two faults; leave one of them out'],
  ['1-3:reset,3-5:stall', 'request 3 has two faults; leave one of them out'],
  ['3-5:reset,1-3:stall', 'request 3 has two faults; leave one of them out'],
  ['2:reset,*:stall', 'request 2 has two faults; leave one of them out'],
  ['1:reset,2:stall,2:html-502', 'request 2 has two faults; leave one of them out'],
  ['p=2', 'p is no probability; give one from 0 to 1'],
  ['p=-0.1', 'p is no probability; give one from 0 to 1'],
  ['p=x', 'p is no probability; give one from 0 to 1'],
  ['p=', 'p is no probability; give one from 0 to 1'],
  ['p', `"p" is no entry of one; ${forms}`],
  ['seed=1', 'p is no probability; give one from 0 to 1'],
  ['p=0.1,seed=x', '"x" is no seed; give a whole number'],
  ['p=0.1,seed=1x', '"1x" is no seed; give a whole number'],
  ['p=0.1,seed=x1', '"x1" is no seed; give a whole number'],
  ['p=0.1,seed=', '"" is no seed; give a whole number'],
  ['p=0.1,seed=1234567890', '"1234567890" is no seed; give a whole number'],
  ['p=0.1,rate=3', `"rate" is unknown; ${forms}`],
  ['p=0.1,1:reset', `"1:reset" is unknown; ${forms}`],
])('the schedule "%s" is refused: %s', (text, why) => {
  expect(() => parseFaultSchedule(text)).toThrow(
    new MockError(`Cannot follow the fault schedule "${text}": ${why}`),
  )
})

test('a schedule by chance is the same for the same seed, and about as dense as it says', () => {
  expect(hits('p=0.1,seed=7', 2000)).toBe(hits('p=0.1,seed=7', 2000))
  expect(hits('p=0.1,seed=7', 2000)).not.toBe(hits('p=0.1,seed=8', 2000))
  const count = hits('p=0.1', 2000).match(/[a-z]\S*/g)!.length
  expect(count).toBeGreaterThan(150)
  expect(count).toBeLessThan(250)
})

test('by chance, none of none and all of all are hit, by the faults that are named', () => {
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
  ['explode', `there is no fault "explode"; give one of ${faultKinds.join(', ')}`],
  ['toString', `there is no fault "toString"; give one of ${faultKinds.join(', ')}`],
  ['@3', `there is no fault ""; give one of ${faultKinds.join(', ')}`],
  ['truncate', 'truncate wants bytes; write truncate@300'],
  ['latency', 'latency wants ms; write latency@300'],
  ['reset@3', 'reset takes no argument; write reset'],
  ['bad-json@', 'bad-json takes no argument; write bad-json'],
  ['redirect@x', '"x" is no URL; write https://host/path'],
  ['truncate@x', '"x" is no count of bytes; write a whole number from 0 on'],
  ['truncate@x1', '"x1" is no count of bytes; write a whole number from 0 on'],
  ['truncate@1x', '"1x" is no count of bytes; write a whole number from 0 on'],
  ['truncate@-1', '"-1" is no count of bytes; write a whole number from 0 on'],
  ['truncate@1234567890', '"1234567890" is no count of bytes; write a whole number from 0 on'],
  ['latency@1.5', '"1.5" is no count of ms; write a whole number from 0 on'],
  ['drip@0', '"0" is no count of bytes; write a whole number from 1 on'],
  ['gzip-bomb@0', '"0" is no count of megabytes; write a whole number from 1 on'],
  ['wrong-length@0', '"0" is no difference; write wrong-length@10 or wrong-length@-10'],
  ['wrong-length@x1', '"x1" is no difference; write wrong-length@10 or wrong-length@-10'],
  ['wrong-length@1x', '"1x" is no difference; write wrong-length@10 or wrong-length@-10'],
])('the fault %s is refused: %s', (text, why) => {
  expect(() => parseTransportFault(text)).toThrow(
    new MockError(`Cannot plan the transport fault "${text}": ${why}`),
  )
})

test('each kind is told by its name', () => {
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
