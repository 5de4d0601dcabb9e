import { expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'
import { commands as declarations } from '../commands.ts'
import { topicNames } from './topics.ts'

const commands = declarations.map(({ name }) => name)
const pages = [
  ['--help'],
  ...commands.map((name) => [name, '--help']),
  ...topicNames.map((name) => ['help', name]),
]
const longest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length))

test.each(pages)(
  '%s %s fits a terminal of 80 columns, and a wider one up to 100',
  async (...args) => {
    const { code, stdout, stderr } = await capture(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(longest(stdout)).toBeLessThanOrEqual(80)
    const wide = await capture(args, { isTTY: true, columns: 200, env: { NO_COLOR: '1' } })
    expect(longest(wide.stdout)).toBeLessThanOrEqual(100)
  },
)

test.each(pages)(
  '%s %s fits a terminal of 60 columns, except for commands to copy',
  async (...args) => {
    const { stdout } = await capture(args, { isTTY: true, columns: 60, env: { NO_COLOR: '1' } })
    for (const line of stdout.split('\n'))
      if (!/cekura-logs|https?:|XDG_CONFIG|^ +-/.test(line))
        expect(line.length).toBeLessThanOrEqual(60)
  },
)

test.each(commands)('the help of %s starts with its purpose, usage and examples', async (name) => {
  const { stdout } = await capture([name, '--help'])
  expect(stdout).toMatch(/^[A-Z][\s\S]+?\.\n\nUsage:\n {2}cekura-logs .+\n\nExamples:\n( {2}.+\n)+/)
  expect(stdout).not.toMatch(/^Options:/m)
  expect(stdout).toContain(`\n  ${stdout.includes('eval "') ? 'eval "$(' : ''}cekura-logs ${name} `)
  expect(stdout).toMatch(/Exit codes: cekura-logs help exit-codes\n$/)
  expect((await capture(['help', name])).stdout).toBe(stdout)
})

test('the help of completion lists the shells once', async () => {
  const { stdout } = await capture(['completion', '--help'])
  expect(stdout.match(/bash, zsh, fish/g)).toHaveLength(1)
  expect(stdout).not.toContain('(choices')
})

test('help environment lists every variable with its flag', async () => {
  const { stdout } = await capture(['help', 'environment'])
  for (const name of ['API_KEY', 'API_KEY_FILE', 'API_URL', 'AGENT_ID', 'CONFIG'])
    expect(stdout).toMatch(new RegExp(`^ {2}CEKURA_${name} {2,}\\S`, 'm'))
  expect(stdout).toMatch(/^ {2}CEKURA_TIMEOUT +same as --timeout$/m)
})

test('an unknown topic is an error with the known ones', async () => {
  const { code, stdout, stderr } = await capture(['help', 'nope'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('exit-codes, environment')
})
