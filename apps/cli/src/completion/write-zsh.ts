import type { Flag, Value, Words } from './read-words.ts'

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
const escape = (text: string): string => text.replaceAll(/[\\[\]:]/g, '\\$&')

const action = (value: Value): string =>
  value === 'file' ? '_files' : value === 'any' ? ' ' : `(${value.join(' ')})`

const specs = ({ names, text, value }: Flag): string[] =>
  names.map((name) => {
    // A long flag may have its value behind a =.
    const mark = value !== undefined && name.startsWith('--') ? '=' : ''
    return quote(
      `(${names.join(' ')})${name}${mark}[${escape(text)}]${value === undefined ? '' : `:value:${action(value)}`}`,
    )
  })

/** The calls of `_arguments` that zsh's own completions are made of. */
export function writeZsh({ flags, commands }: Words): string {
  return `#compdef cekura-logs
# Completion of cekura-logs for zsh. In ~/.zshrc after compinit: eval "$(cekura-logs completion zsh)"
_cekura_logs() {
  local context state state_descr line
  local -a commands
  typeset -A opt_args
  _arguments -C \\
${flags
  .flatMap(specs)
  .map((spec) => `    ${spec} \\\n`)
  .join('')}    '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      commands=(
${commands.map(({ name, text }) => `        ${quote(`${name}:${text}`)}`).join('\n')}
      )
      _describe -t commands command commands ;;
    argument)
      case $words[1] in
${commands
  .map(({ name, flags: own, values }) => {
    const lines = [
      ...own.flatMap(specs),
      ...values.map((value, index) => quote(`${index + 1}:value:${action(value)}`)),
    ]
    return `        ${name}) _arguments \\\n${lines.map((line) => `          ${line}`).join(' \\\n')} ;;`
  })
  .join('\n')}
      esac ;;
  esac
}
if [[ $funcstack[1] == _cekura_logs ]]; then _cekura_logs "$@"; else compdef _cekura_logs cekura-logs; fi
`
}
