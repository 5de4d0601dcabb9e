import { formatSeconds } from '@cekura-kit/call-format'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { createProgress, timeLeftMs } from './progress.ts'
import { createStderr } from './stderr.ts'

interface StartOptions {
  isTTY: boolean
  quiet: boolean
  env: Record<string, string>
  columns: number
}

function start({
  isTTY = false,
  quiet = false,
  env = {},
  columns = 80,
}: Partial<StartOptions> = {}) {
  const written = { text: '' }
  const clock = { time: 0 }
  const sink = {
    write(text: string, done: () => void) {
      written.text += text
      done()
    },
  }
  const io = {
    stdin: Readable.from([]),
    stdout: sink,
    stderr: sink,
    isTTY: { stdout: isTTY, stderr: isTTY },
    columns: () => columns,
    env: { NO_COLOR: '1', ...env },
    now: () => clock.time,
    signal: new AbortController().signal,
  }
  const err = createStderr(io, { quiet, debug: false })
  const progress = createProgress(err, io)
  const step = (share: number, calls: number, ms: number): void => {
    clock.time += ms
    progress.update(share, calls)
  }
  return { written, progress, step, err }
}

test('a terminal has a bar, at most ten times a second, with the time left', () => {
  const { written, step, progress } = start({ isTTY: true })
  step(0.25, 1000, 0)
  step(0.3, 1200, 50)
  step(0.5, 2000, 9950)
  expect(written.text.split('\r\u001b[K')).toEqual([
    '',
    '██████░░░░░░░░░░░░░░░░░░  25%  1,000 calls',
    '████████████░░░░░░░░░░░░  50%  2,000 calls, 0:20 left',
  ])
  progress[Symbol.dispose]()
  expect(written.text.endsWith('\r\u001b[K')).toBe(true)
})

test('elsewhere there is a line each ten seconds, without a control character', () => {
  const { written, step } = start()
  step(0.1, 10, 9000)
  step(0.5, 50, 1000)
  step(0.6, 60, 1000)
  expect(written.text).toBe('50%, 50 calls\n')
})

test.each([
  ['a terminal of a CI', { isTTY: true, env: { CI: 'true' } }],
  ['a terminal that cannot erase', { isTTY: true, env: { TERM: 'dumb' } }],
  ['a pipe', {}],
] as const)('%s has lines in place of a bar', (_, screen) => {
  const { written, step } = start(screen)
  step(0.5, 50, 10_000)
  expect(written.text).toBe('50%, 50 calls\n')
})

test('a bar that would look the same is not drawn again', () => {
  const { written, step } = start({ isTTY: true })
  step(0.5, 50, 0)
  step(0.501, 50, 1000)
  expect(written.text.split('\r\u001b[K')).toHaveLength(2)
})

test('CI=false is no CI', () => {
  const { written, step } = start({ isTTY: true, env: { CI: 'false' } })
  step(0.5, 50, 0)
  expect(written.text).toContain('█')
})

test.each([
  [40, '█████░░░░░  50%  2,000 calls, 0:10 left'],
  [32, ' 50%  2,000 calls, 0:10 left'],
])('a terminal of %i columns has a shorter bar, or none, and every figure', (columns, want) => {
  const { written, step } = start({ isTTY: true, columns })
  step(0, 0, 0)
  step(0.5, 2000, 10_000)
  expect(written.text.split('\r\u001b[K').at(-1)).toBe(want)
})

test('--quiet has none, and what is said stands above the bar', () => {
  const quiet = start({ isTTY: true, quiet: true })
  quiet.step(0.5, 50, 20_000)
  expect(quiet.written.text).toBe('')
  const { written, step, err } = start({ isTTY: true })
  step(1, 5, 0)
  err.warn('careful')
  expect(written.text.split('\r\u001b[K')[2]).toMatch(/^careful\n█+ 100% {2}5 calls$/)
})

test('the time left is shown when it is known', () => {
  expect(timeLeftMs(1000, 0, 0.5)).toBeUndefined()
  expect(timeLeftMs(5000, 0.5, 0.5)).toBeUndefined()
  expect(timeLeftMs(5000, 0.5, 0.75)).toBe(5000)
  expect([0, 61, 3600].map(formatSeconds)).toEqual(['0:00', '1:01', '1:00:00'])
})

const printed = (isTTY: boolean): string => {
  const { written, err } = start({ isTTY })
  err.note(`${'word '.repeat(20)}end`)
  err.warn(`Fix: cekura-logs export ${'--flag '.repeat(20)}`)
  return written.text
}

test('a terminal has its lines broken between words, and a command whole; a pipe has neither', () => {
  const lines = printed(true).split('\n')
  expect(lines.map((line) => line.length)).toEqual([79, 23, 164, 0])
  expect(lines[1]).toBe('word word word word end')
  expect(printed(false).split('\n')[0]).toBe(`${'word '.repeat(20)}end`)
})
