import { expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'
import { createStyle } from './color.ts'

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  // An empty one is none: https://no-color.org
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { FORCE_COLOR: 'false' }, false],
  [true, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
] as const)('a terminal: %s, %j: color %s', (isTTY, env, want) => {
  expect(createStyle(isTTY, env)('red', 'x') !== 'x').toBe(want)
})

const isHelpStyled = async (isTTY: boolean, env = {}) =>
  (await capture(['--help'], { isTTY, env })).stdout.includes('\u001b[')

test('help on a terminal has bold titles, and none with NO_COLOR or through a pipe', async () => {
  expect(await isHelpStyled(true)).toBe(true)
  expect(await isHelpStyled(true, { NO_COLOR: '1' })).toBe(false)
  expect(await isHelpStyled(false)).toBe(false)
  expect(await isHelpStyled(false, { FORCE_COLOR: '1' })).toBe(true)
})
