import { UsageError } from '../errors/command-error.ts'
import { defineCommand } from '../options/command.ts'
import type { Words } from './read-words.ts'

const shells: Readonly<Record<string, () => Promise<(words: Words) => string>>> = {
  bash: async () => (await import('./write-bash.ts')).writeBash,
  zsh: async () => (await import('./write-zsh.ts')).writeZsh,
  fish: async () => (await import('./write-fish.ts')).writeFish,
}
const names = Object.keys(shells)

export const completionCommand = defineCommand({
  name: 'completion',
  summary: 'Generate a shell completion script',
  description: 'Generate a script that completes commands, flags and their choices.',
  examples: [
    'eval "$(cekura-logs completion bash)"',
    'eval "$(cekura-logs completion zsh)"',
    'cekura-logs completion fish > ~/.config/fish/completions/cekura-logs.fish',
  ],
  arguments: [{ name: '[shell]', help: names.join(', '), choices: names }],
  flags: {},
  async run({ out, command }, _options, [shell]) {
    const supported = `Supported: ${names.join(', ')}.`
    const load = shell !== undefined && Object.hasOwn(shells, shell) ? shells[shell] : undefined
    if (!load)
      throw new UsageError(
        shell === undefined
          ? `Missing shell. ${supported}`
          : `Unsupported shell "${shell.slice(0, 80)}". ${supported}`,
        'cekura-logs completion bash',
      )
    const [write, { readWords }] = await Promise.all([load(), import('./read-words.ts')])
    await out.write(write(readWords(command.parent!)))
  },
})
