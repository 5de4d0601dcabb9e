import { expect, test } from 'vitest'
import { checkOptions, type MockOptions } from './mock-options.ts'
import { MockError } from './mock-error.ts'
import { profiles } from './sandbox/profile.ts'
import { checkReset, readSandboxOptions } from './sandbox/sandbox-options.ts'

const whole = 'give a whole number from'
const dayMs = 86_400_000

test.each<[MockOptions, string]>([
  [
    { mode: 'live' as never },
    'there is no mode "live"; give one of static, dynamic, sandbox, proxied, live-proxy',
  ],
  [{ port: -1 }, `port is -1; ${whole} 0 to 65535, 0 for a free one`],
  [{ port: 65_536 }, `port is 65536; ${whole} 0 to 65535, 0 for a free one`],
  [{ controlPort: 1.5 }, `controlPort is 1.5; ${whole} 0 to 65535, 0 for a free one`],
  [{ rows: -1 }, `rows is -1; ${whole} 0 to 100000000`],
  [{ rows: 100_000_001 }, `rows is 100000001; ${whole} 0 to 100000000`],
  [{ seed: 0.5 }, `seed is 0.5; ${whole} -9007199254740991 to 9007199254740991`],
  [{ startMs: -1 }, `startMs is -1; ${whole} 0 to 8000000000000000`],
  [{ endMs: Number.NaN }, `endMs is null; ${whole} 0 to 8000000000000000`],
  [{ startMs: dayMs, endMs: dayMs }, 'endMs 86400000 is not after startMs 86400000; swap them'],
  [
    { profile: 'x' as never },
    'there is no profile "x"; give one of framework, published, contrary',
  ],
  [
    { profile: 'toString' as never },
    'there is no profile "toString"; give one of framework, published, contrary',
  ],
  [
    { guesses: { order: 'x' as never } },
    'the guess order is "x"; give one of newest-first, oldest-first',
  ],
  [
    { guesses: { largePageSize: 5 as never } },
    'the guess largePageSize is 5; give one of cut, refused',
  ],
  [
    { guesses: { badPageSize: null as never } },
    'the guess badPageSize is null; give one of default, refused',
  ],
  [{ guesses: { maxPageSize: 'x' as never } }, `maxPageSize is "x"; ${whole} 1 to 1000000`],
  [{ guesses: { badPage: '400' as never } }, 'the guess badPage is "400"; give one of 404, 400'],
  [
    { guesses: { unknownAgent: 401 as never } },
    'the guess unknownAgent is 401; give one of empty, 403, 404',
  ],
  [{ guesses: { defaultDays: 0 } }, `defaultDays is 0; ${whole} 1 to 1000000`],
  [{ guesses: { pageSize: null as never } }, `pageSize is null; ${whole} 1 to 1000000`],
  [
    { guesses: { paging: 1 } as never },
    'there is no "paging"; give some of order, endOfRange, zonelessTime, pageSize, maxPageSize, largePageSize, badPageSize, badPage, pagePastTheEnd, missingKey, unknownAgent, blankFilter, unknownParameter, defaultDays, maxRangeDays, withoutSlash',
  ],
  [{ pageSize: 0 }, `pageSize is 0; ${whole} 1 to 1000000`],
  [{ maxPageSize: 1_000_001 }, `maxPageSize is 1000001; ${whole} 1 to 1000000`],
  [{ clock: 'noon' }, 'clock is "noon"; give an instant as 2025-01-15T12:00:00Z'],
  [{ clock: 5 as never }, 'clock is 5; give an instant as 2025-01-15T12:00:00Z'],
  [{ latencyMs: -1 }, `latencyMs is -1; ${whole} 0 to 600000`],
  [{ latencyMs: 600_001 }, `latencyMs is 600001; ${whole} 0 to 600000`],
  [{ publicUrl: 'mock' }, 'publicUrl is "mock"; give a URL as http://mock:4010'],
  [{ publicUrl: 'xhttp://mock' }, 'publicUrl is "xhttp://mock"; give a URL as http://mock:4010'],
  [{ publicUrl: 'ftp://mock' }, 'publicUrl is "ftp://mock"; give a URL as http://mock:4010'],
  ...['x', 'ftp://x', 'https://user@host', 'https://host?key=1'].map(
    (upstream): [MockOptions, string] => [
      { upstream },
      'upstream is no URL of a service; give https://host, without a user and a query',
    ],
  ),
])('%j is refused: %s', (options, why) => {
  expect(() => checkOptions(options)).toThrow(new MockError(`Cannot start the mock: ${why}`))
})

test('a schedule that cannot be followed is refused before anything starts', () => {
  expect(() => checkOptions({ transport: '0:reset' })).toThrow('request 0 never comes')
})

test.each<MockOptions>([
  {},
  { port: 0, controlPort: 65_535 },
  { rows: 0, seed: Number.MIN_SAFE_INTEGER, latencyMs: 0 },
  { rows: 100_000_000, seed: Number.MAX_SAFE_INTEGER, latencyMs: 600_000 },
  { startMs: 0, endMs: 8e15 },
  { pageSize: 1, maxPageSize: 1_000_000, guesses: { defaultDays: null, maxRangeDays: 1 } },
  { guesses: { unknownAgent: 403, badPage: 400 }, clock: '2025-01-15T12:00:00Z' },
  { publicUrl: 'https://mock', upstream: 'http://127.0.0.1:9/base', transport: '1:reset' },
])('%j can be started', (options) => {
  expect(() => checkOptions(options)).not.toThrow()
})

test('a sandbox without options is January 2025 by the framework, with options what they say', () => {
  const january = { startMs: Date.parse('2025-01-01'), endMs: Date.parse('2025-02-01') }
  expect(readSandboxOptions('Cannot start', {})).toEqual({
    seed: 1,
    rows: 500,
    ...january,
    guesses: profiles.framework,
    clockMs: undefined,
  })
  expect(
    readSandboxOptions('Cannot start', {
      seed: 2,
      rows: 3,
      startMs: 4,
      endMs: 5,
      profile: 'published',
      guesses: { order: 'oldest-first', pageSize: 6, maxPageSize: 7 },
      pageSize: 8,
      maxPageSize: 9,
      clock: '1970-01-01T00:00:01Z',
    }),
  ).toEqual({
    seed: 2,
    rows: 3,
    startMs: 4,
    endMs: 5,
    guesses: { ...profiles.published, order: 'oldest-first', pageSize: 8, maxPageSize: 9 },
    clockMs: 1000,
  })
})

test('a reset takes what decides the calls, and nothing else', () => {
  const all = { seed: 1, rows: 1, profile: 'x', guesses: {}, clock: 'x' }
  expect(checkReset(all)).toBe(all)
  expect(() => checkReset({ port: 1 })).toThrow(
    'Cannot reset: there is no "port"; give some of seed, rows, profile, guesses, clock',
  )
  expect(() => checkReset([])).toThrow(
    'Cannot reset: give an object with some of seed, rows, profile, guesses, clock',
  )
})
