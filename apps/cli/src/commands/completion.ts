import { Argument, Command } from '@commander-js/extra-typings'
import { UsageError } from '../command-error.ts'
import type { Words } from '../completion/read-words.ts'
import type { ContextOf } from '../context-of.ts'
import { describeCommand } from '../help-text.ts'

// Loaded for the one shell that is asked for.
const shells: Record<string, () => Promise<(words: Words) => string>> = {
  bash: async () => (await import('../completion/write-bash.ts')).writeBash,
  zsh: async () => (await import('../completion/write-zsh.ts')).writeZsh,
  fish: async () => (await import('../completion/write-fish.ts')).writeFish,
  powershell: async () => (await import('../completion/write-powershell.ts')).writePowershell,
}
const names = Object.keys(shells)

export const createCompletionCommand = (contextOf: ContextOf) => {
  const shell = new Argument('[shell]', names.join(', '))
  // Not choices(): a missing shell and a strange one are told in the same words.
  shell.argChoices = names
  return describeCommand(new Command('completion'), {
    summary: 'completion for bash, zsh, fish or powershell',
    text: 'Prints a script that lets a shell complete commands, flags and their choices.',
    examples: [
      'eval "$(cekura-logs completion bash)"',
      'eval "$(cekura-logs completion zsh)"',
      'cekura-logs completion fish > ~/.config/fish/completions/cekura-logs.fish',
      'cekura-logs completion powershell | Out-String | Invoke-Expression',
    ],
  })
    .addArgument(shell)
    .action(async (name, _options, command) => {
      const load = name !== undefined && Object.hasOwn(shells, name) ? shells[name] : undefined
      if (!load)
        throw new UsageError(
          `Cannot print a completion: ${name === undefined ? 'no shell is named' : `"${name.slice(0, 80)}" is no shell it knows`}; there are ${names.join(', ')}`,
          'cekura-logs completion bash',
        )
      const [write, { readWords }] = await Promise.all([
        load(),
        import('../completion/read-words.ts'),
      ])
      await contextOf(command).out.write(write(readWords(command.parent!)))
    })
}
