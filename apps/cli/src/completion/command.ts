import { UsageError } from '../errors/command-error.ts'
import { defineCommand } from '../options/command.ts'

// cspell:ignore compadd

/** Each script calls the program with CEKURA_COMPLETE; without a candidate the shell offers paths. */
const scripts: Readonly<Record<string, string>> = {
  bash: `# In ~/.bashrc: eval "$(cekura-logs completion bash)"
_cekura_logs() {
  local IFS=$'\\n'
  COMPREPLY=($(CEKURA_COMPLETE=1 cekura-logs "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o bashdefault -o default -F _cekura_logs cekura-logs
`,
  zsh: `#compdef cekura-logs
# In ~/.zshrc after compinit: eval "$(cekura-logs completion zsh)"
_cekura_logs() {
  local -a found
  found=(\${(f)"$(CEKURA_COMPLETE=1 cekura-logs "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( $#found )); then compadd -- $found; else _files; fi
}
if [[ $funcstack[1] == _cekura_logs ]]; then _cekura_logs "$@"; else compdef _cekura_logs cekura-logs; fi
`,
  fish: `# Once: cekura-logs completion fish > ~/.config/fish/completions/cekura-logs.fish
function __cekura_logs
  set -l found (CEKURA_COMPLETE=1 cekura-logs (commandline -opc)[2..] (commandline -ct | string collect -a) 2>/dev/null)
  if set -q found[1]
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c cekura-logs -f -a '(__cekura_logs)'
`,
}
const shells = Object.keys(scripts)

export const completionCommand = defineCommand({
  name: 'completion',
  summary: 'Generate a shell completion script',
  description: 'Generate a script that completes commands, flags and their choices.',
  examples: [
    'eval "$(cekura-logs completion bash)"',
    'eval "$(cekura-logs completion zsh)"',
    'cekura-logs completion fish > ~/.config/fish/completions/cekura-logs.fish',
  ],
  arguments: [{ name: '[shell]', help: shells.join(', '), choices: shells }],
  flags: {},
  async run({ out }, _options, [shell]) {
    if (shell !== undefined && Object.hasOwn(scripts, shell)) return out.write(scripts[shell]!)
    const problem =
      shell === undefined ? 'Missing shell' : `Unsupported shell "${shell.slice(0, 80)}"`
    throw new UsageError(
      `${problem}. Supported: ${shells.join(', ')}.`,
      'cekura-logs completion bash',
    )
  },
})
