import { expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'
import { wantsColor } from './color.ts'

test.each([
  ['auto', true, {}, true],
  ['auto', false, {}, false],
  ['auto', true, { NO_COLOR: '1' }, false],
  // An empty one is none: https://no-color.org
  ['auto', true, { NO_COLOR: '' }, true],
  ['auto', true, { TERM: 'dumb' }, false],
  ['auto', false, { FORCE_COLOR: '1' }, true],
  ['auto', true, { FORCE_COLOR: '0' }, false],
  ['auto', true, { FORCE_COLOR: 'false' }, false],
  ['auto', true, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ['always', false, { NO_COLOR: '1' }, true],
  ['never', true, { FORCE_COLOR: '1' }, false],
] as const)('--color %s, a terminal: %s, %j: %s', (choice, isTTY, env, want) => {
  expect(wantsColor(choice, isTTY, env)).toBe(want)
})

const isHelpStyled = async (isTTY: boolean, env = {}) =>
  (await capture(['--help'], { isTTY, env })).stdout.includes('\u001b[')

test('help on a terminal has bold titles, and none with NO_COLOR or through a pipe', async () => {
  expect(await isHelpStyled(true)).toBe(true)
  expect(await isHelpStyled(true, { NO_COLOR: '1' })).toBe(false)
  expect(await isHelpStyled(false)).toBe(false)
})

test.each([
  [['--help', '--color', 'never'], true, {}, false],
  [['list', '--color=always', '--help'], false, {}, true],
  [['--help'], false, { CEKURA_COLOR: 'always' }, true],
  [['--help', '--color', 'never'], true, { CEKURA_COLOR: 'always' }, false],
  [['--help', '--color', 'pink'], false, {}, false],
] as const)(
  'help is colored as %j says, a terminal: %s, %j: %s',
  async (args, isTTY, env, want) => {
    const { stdout } = await capture(args, { isTTY, env })
    expect(stdout.includes('\u001b[')).toBe(want)
  },
)
