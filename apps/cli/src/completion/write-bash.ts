import type { Value, Words } from './read-words.ts'

// Names of flags, commands and choices hold no space and nothing that a shell reads.
const answer = (value: Value): string =>
  value === 'file'
    ? 'return'
    : value === 'any'
      ? 'compopt +o default +o bashdefault 2>/dev/null; return'
      : `words='${value.join(' ')}'`

const namesOf = (flags: Words['flags']): string[] => flags.flatMap(({ names }) => names)

/** What follows each flag that takes a value, flags with the same answer together. */
function planAnswers(parts: readonly { name: string; flags: Words['flags'] }[]): string[] {
  const byFlag = new Map<string, Map<string, string[]>>()
  for (const { name, flags } of parts)
    for (const { names, value } of flags)
      for (const flag of value === undefined ? [] : names) {
        const answers = byFlag.get(flag) ?? new Map<string, string[]>()
        byFlag.set(flag, answers)
        answers.set(answer(value!), [...(answers.get(answer(value!)) ?? []), name])
      }
  const patterns = new Map<string, string[]>()
  for (const [flag, answers] of byFlag)
    for (const [text, names] of answers) {
      const own = answers.size === 1 ? [`*' ${flag}'`] : names.map((name) => `'${name} ${flag}'`)
      patterns.set(text, [...(patterns.get(text) ?? []), ...own])
    }
  return [...patterns].map(([text, own]) => `    ${own.join(' | ')}) ${text} ;;`)
}

/** Bash 3.2 has no `compopt`; there a value that cannot be guessed is completed as a file. */
export function writeBash({ flags, commands }: Words): string {
  const parts = [
    { name: '', flags, values: [commands.map(({ name }) => name)] as Value[] },
    ...commands,
  ]
  const valued = parts.flatMap((part) => part.flags.filter(({ value }) => value !== undefined))
  return `# Completion of cekura-logs for bash. In ~/.bashrc: eval "$(cekura-logs completion bash)"
_cekura_logs() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  local command='' words='' at given=0
  COMPREPLY=()
  # Bash takes --format=json for three words.
  if [[ $current == = ]]; then current=''
  elif [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
      ${[...new Set(namesOf(valued))].join(' | ')})
        if [[ \${COMP_WORDS[at + 1]} == = ]]; then ((at += 2)); else ((at += 1)); fi ;;
      -*) ;;
      *) if [[ -z $command ]]; then command=\${COMP_WORDS[at]}; else ((given += 1)); fi ;;
    esac
  done
  case "$command $previous" in
${planAnswers(parts).join('\n')}
  esac
  if [[ -z $words && $current == -* ]]; then
    case $command in
${parts.map(({ name, flags: own }) => `      '${name}') words='${namesOf(own).join(' ')}' ;;`).join('\n')}
    esac
  elif [[ -z $words ]]; then
    case "$command $given" in
${parts.flatMap(({ name, values }) => values.map((value, index) => `      '${name} ${index}') ${answer(value)} ;;`)).join('\n')}
    esac
  fi
  ${answer('any').split(';')[0]}
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -o default -F _cekura_logs cekura-logs
`
}
