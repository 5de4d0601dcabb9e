import { execFileSync, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { capture } from '../captured.test-helper.ts'

const scriptOf = async (shell: string): Promise<string> => {
  const { code, stdout, stderr } = await capture(['completion', shell])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

/** What a real bash offers for the last of the words. */
function offer(script: string, words: readonly string[]): string[] {
  const program = `${script}
compopt() { :; }
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_cekura_logs
printf '%s\\n' "\${COMPREPLY[@]}"`
  const text = execFileSync('bash', ['--norc', '-c', program, 'bash', 'cekura-logs', ...words], {
    encoding: 'utf8',
  })
  return text.split('\n').filter(Boolean)
}

test.each([
  { words: ['l'], want: ['list'] },
  { words: ['list', '--form'], want: ['--format'] },
  { words: ['list', '--api-k'], want: ['--api-key-file'] },
  { words: ['list', '--format', ''], want: ['table', 'json', 'ndjson', 'csv'] },
  // Bash takes --format=n for three words.
  { words: ['list', '--format', '=', 'n'], want: ['ndjson'] },
  { words: ['list', '--format', '='], want: ['table', 'json', 'ndjson', 'csv'] },
  { words: ['doctor', '--format', ''], want: ['table', 'json'] },
  { words: ['export', '--agent', '2142', '--pii', 'm'], want: ['mask'] },
  { words: ['list', '--agent', ''], want: [] },
  { words: ['--api-url', 'http://127.0.0.1:1', '--color', 'n'], want: ['never'] },
  // The value of a flag before the command is no command.
  { words: ['--config', 'list', 'd'], want: ['doctor'] },
  { words: ['completion', 'z'], want: ['zsh'] },
  { words: ['help', 'exit'], want: ['exit-codes'] },
  { words: ['help', 'list', ''], want: [] },
])('bash offers $want for $words', async ({ words, want }) => {
  expect(offer(await scriptOf('bash'), words)).toEqual(want)
})

const runIn = (shell: string, args: readonly string[]) =>
  spawnSync(shell, args, { encoding: 'utf8' })
const isThere = (shell: string): boolean => runIn(shell, ['-c', 'exit']).status === 0

// A machine need not have it.
test.skipIf(!isThere('fish')).each([
  { line: 'cekura-logs l', want: ['list'] },
  { line: 'cekura-logs list --format ', want: ['csv', 'json', 'ndjson', 'table'] },
  { line: 'cekura-logs export --agent 2142 --pii m', want: ['mask'] },
  { line: 'cekura-logs doctor --format ', want: ['json', 'table'] },
  { line: 'cekura-logs list --agent ', want: [] },
  { line: 'cekura-logs help exit', want: ['exit-codes'] },
  { line: 'cekura-logs completion z', want: ['zsh'] },
])('fish offers $want for $line', async ({ line, want }) => {
  const program = `${await scriptOf('fish')}\ncomplete -C ${`'${line}'`}`
  const { stdout } = runIn('fish', ['--no-config', '-c', program])
  const offered = stdout.split('\n').filter(Boolean)
  expect(offered.map((each) => each.split('\t')[0])).toEqual(want)
})

test.skipIf(!isThere('zsh'))('zsh reads its script without a complaint', async () => {
  const script = `autoload -U compinit; compinit -u -D; ${await scriptOf('zsh')}; print $_comps[cekura-logs]`
  const { stdout, stderr } = runIn('zsh', ['-f', '-c', script])
  expect({ stdout, stderr }).toEqual({ stdout: '_cekura_logs\n', stderr: '' })
})

test.each(['bash', 'zsh', 'fish'])(
  '%s knows every command, its flags and their choices',
  async (shell) => {
    const script = await scriptOf(shell)
    for (const word of ['list', 'get', 'export', 'merge', 'stats', 'doctor', 'completion', 'help'])
      expect(script).toMatch(new RegExp(`\\b${word}\\b`))
    for (const flag of ['partition', 'api-key-file', 'max-rps', 'show-pii', 'dry-run'])
      expect(script).toMatch(new RegExp(`(?:--|-l )${flag}\\b`))
    for (const choice of ['reviewed_success', 'parquet', 'hash', 'fish', 'exit-codes'])
      expect(script).toContain(choice)
  },
)

test.each([
  ['bash', /\*' --api-key-file'[^)]*\) return ;;/],
  ['zsh', /--api-key-file=\[[^\]]*\]:value:_files'/],
  ['fish', / -l api-key-file -r -F /],
] as const)('%s offers files where a path is wanted', async (shell, offered) => {
  expect(await scriptOf(shell)).toMatch(offered)
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
