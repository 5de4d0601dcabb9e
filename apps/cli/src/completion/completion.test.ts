import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'

const bin = fileURLToPath(new URL('../bin.ts', import.meta.url))

const scriptOf = async (shell: string): Promise<string> => {
  const { code, stdout, stderr } = await capture(['completion', shell])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}
const candidatesFor = async (words: readonly string[]): Promise<string[]> => {
  const { code, stdout, stderr } = await capture(words, { env: { CEKURA_COMPLETE: '1' } })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout.split('\n').filter(Boolean)
}

test.each([
  { words: ['l'], want: ['list'] },
  { words: ['list', '--form'], want: ['--format'] },
  { words: ['list', '--api-k'], want: ['--api-key-file'] },
  { words: ['list', '--format', ''], want: ['table', 'json', 'ndjson', 'csv'] },
  { words: ['stats', '--compare', ''], want: ['previous', 'week'] },
  { words: ['export', '--agent', '2142', '--pii', 'm'], want: ['mask'] },
  { words: ['list', '--agent', ''], want: [] },
  { words: ['list', '--config', ''], want: [] },
  { words: ['--api-url', 'http://127.0.0.1:1', 'ex'], want: ['export'] },
  // The value of a flag before the command is not a command.
  { words: ['--config', 'list', 'd'], want: ['doctor'] },
  { words: ['completion', 'z'], want: ['zsh'] },
  { words: ['help', 'exit'], want: ['exit-codes'] },
  { words: ['help', 'list', ''], want: [] },
  { words: ['nothing', '--of-this'], want: [] },
])('$words is completed by $want', async ({ words, want }) => {
  expect(await candidatesFor(words)).toEqual(want)
})

test('bash offers the candidates of the program', async () => {
  const program = `cekura-logs() { '${process.execPath}' '${bin}' "$@"; }
${await scriptOf('bash')}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_cekura_logs
printf '%s\\n' "\${COMPREPLY[@]}"`
  const args = ['--norc', '-c', program, 'bash', 'cekura-logs', 'list', '--format', '']
  const offered = execFileSync('bash', args, { encoding: 'utf8' })
  expect(offered).toBe('table\njson\nndjson\ncsv\n')
})

const runIn = (shell: string, args: readonly string[]) =>
  spawnSync(shell, args, { encoding: 'utf8' })
const isThere = (shell: string): boolean => runIn(shell, ['-c', 'exit']).status === 0

// A machine need not have it.
test.skipIf(!isThere('fish'))('fish offers the candidates of the program', async () => {
  const program = `function cekura-logs; '${process.execPath}' '${bin}' $argv; end
${await scriptOf('fish')}
complete -C 'cekura-logs list --format '`
  const { stdout } = runIn('fish', ['--no-config', '-c', program])
  expect(stdout.split('\n').filter(Boolean)).toEqual(['csv', 'json', 'ndjson', 'table'])
})

test.skipIf(!isThere('zsh'))('zsh reads its script without a complaint', async () => {
  const script = `autoload -U compinit; compinit -u -D; ${await scriptOf('zsh')}; print $_comps[cekura-logs]`
  const { stdout, stderr } = runIn('zsh', ['-f', '-c', script])
  expect({ stdout, stderr }).toEqual({ stdout: '_cekura_logs\n', stderr: '' })
})

test.each([
  { args: ['completion'], want: 'Missing shell. Supported: bash, zsh, fish.' },
  { args: ['completion', 'nu'], want: 'Unsupported shell "nu".' },
  { args: ['completion', 'toString'], want: 'Unsupported shell "toString".' },
])('$args is an error with the supported shells', async ({ args, want }) => {
  const { code, stdout, stderr } = await capture(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(want)
  expect(stderr).toContain('Fix: cekura-logs completion bash')
})
