import type { Flag, Value, Words } from './read-words.ts'

const quote = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`

const rule = (value: Value | undefined): string =>
  value === undefined
    ? ''
    : value === 'file'
      ? ' -r -F'
      : value === 'any'
        ? ' -x'
        : ` -x -a ${quote(value.join(' '))}`

const seen = (name: string): string => `__fish_seen_subcommand_from ${name}`

const flagLine = (condition: string, { names, text, value }: Flag): string => {
  const flags = names.map((name) =>
    name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`,
  )
  return `complete -c cekura-logs -n ${quote(condition)}${flags.join('')}${rule(value)} -d ${quote(text)}`
}

export function writeFish({ flags, commands }: Words): string {
  const none = `not ${seen(commands.map(({ name }) => name).join(' '))}`
  return `# Completion of cekura-logs for fish. Once: cekura-logs completion fish > ~/.config/fish/completions/cekura-logs.fish
complete -c cekura-logs -e
complete -c cekura-logs -f
${[
  ...flags.map((flag) => flagLine(none, flag)),
  ...commands.map(
    ({ name, text }) =>
      `complete -c cekura-logs -n ${quote(none)} -a ${quote(name)} -d ${quote(text)}`,
  ),
  ...commands.flatMap(({ name, flags: own, values }) => [
    ...own.map((flag) => flagLine(seen(name), flag)),
    ...values.flatMap((value) =>
      value === 'any'
        ? []
        : [
            `complete -c cekura-logs -n ${quote(seen(name))}${value === 'file' ? ' -F' : ` -a ${quote(value.join(' '))}`}`,
          ],
    ),
  ]),
].join('\n')}
`
}
