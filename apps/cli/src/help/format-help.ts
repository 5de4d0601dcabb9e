import type { Command, Help, Option } from 'commander'
import { declarationOf } from '../options/flag.ts'
import type { Style } from '../terminal/color.ts'

/** Columns that a description needs next to its flag; with fewer it is below. */
const minTextWidth = 30
const indent = 6

/** What a flag does, its choices, default and variable. */
export function describeOption(option: Option): string {
  const { choices, defaultText, env } = declarationOf(option) ?? {}
  const isShown = option.defaultValue !== undefined
  const byDefault = isShown ? String(option.defaultValue) : defaultText
  const facts = [
    ...(choices ? [choices.join(', ')] : []),
    ...(byDefault === undefined ? [] : [`default: ${byDefault}`]),
    ...(env === undefined ? [] : [`env: ${env}`]),
  ]
  return `${option.description}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`
}

/** Terms with their descriptions, wrapped for the width of the screen. */
export function formatItems(items: readonly (readonly [string, string])[], help: Help): string[] {
  const width = help.helpWidth ?? 80
  const termWidth = Math.max(0, ...items.map(([term]) => term.length))
  return items.map(([term, text]) => {
    if (text === '') return `  ${term}`
    if (width - termWidth - 4 >= minTextWidth) {
      const lines = help.boxWrap(text, width - termWidth - 4).split('\n')
      return `  ${term.padEnd(termWidth)}  ${lines.join(`\n${' '.repeat(termWidth + 4)}`)}`
    }
    const lines = help.boxWrap(text, width - indent).split('\n')
    return [`  ${term.trimEnd()}`, ...lines.map((line) => `${' '.repeat(indent)}${line}`)].join(
      '\n',
    )
  })
}

/** Flags by group, in the order of their first flag. */
export function formatFlags(options: readonly Option[], help: Help, style: Style): string[] {
  const groups = new Map<string, Option[]>()
  for (const option of options) {
    const title = option.helpGroupHeading ?? 'General:'
    groups.set(title, [...(groups.get(title) ?? []), option])
  }
  const width = Math.max(0, ...options.map(({ flags }) => flags.length))
  return [...groups].flatMap(([title, members]) => [
    '',
    style('bold', title),
    ...formatItems(
      members.map((option) => [option.flags.padEnd(width), describeOption(option)]),
      help,
    ),
  ])
}

const visible = (command: Command): Option[] => command.options.filter(({ hidden }) => !hidden)

const rootExamples = [
  'cekura-logs list --agent 2142 --from 7d',
  'cekura-logs export --agent 2142 --from 30d -o calls.ndjson',
  'cekura-logs stats calls.ndjson',
]

const toItem = (command: Command): [string, string] => [command.name(), command.summary()]

function formatRoot(root: Command, help: Help, style: Style): string[] {
  return [
    help.boxWrap('List, export and analyze Cekura call logs.', help.helpWidth!),
    '',
    style('bold', 'Usage:'),
    '  cekura-logs <command> [flags]',
    '',
    style('bold', 'Commands:'),
    ...formatItems(root.commands.map(toItem), help),
    '',
    style('bold', 'Examples:'),
    ...rootExamples.map((line) => `  ${line}`),
    '',
    style('bold', 'Flags:'),
    ...formatItems(
      [
        ['-h, --help', 'Show help for a command'],
        ['--version', 'Print the version'],
      ],
      help,
    ),
    '',
    help.boxWrap('More: cekura-logs help flags|exit-codes|environment|formats', help.helpWidth!),
  ]
}

const examplesOf = new WeakMap<Command, readonly string[]>()
/** Sets the examples that help shows. */
export const setExamples = (command: Command, examples: readonly string[]): void =>
  void examplesOf.set(command, examples)

/** Help of the program or of a command. */
export function formatHelp(command: Command, help: Help, style: Style): string {
  const width = help.helpWidth ?? 80
  if (!command.parent) return `${formatRoot(command, help, style).join('\n')}\n`
  const names = command.registeredArguments.map((argument) => help.argumentTerm(argument))
  const args = command.registeredArguments.map((argument): [string, string] => [
    argument.name(),
    argument.description,
  ])
  const usage = ['  cekura-logs', command.name(), ...names.map((name) => `[${name}]`), '[flags]']
  return [
    help.boxWrap(command.description(), width),
    '',
    style('bold', 'Usage:'),
    usage.join(' '),
    '',
    style('bold', 'Examples:'),
    ...(examplesOf.get(command) ?? []).map((line) => `  ${line}`),
    ...(args.length > 0 ? ['', style('bold', 'Arguments:'), ...formatItems(args, help)] : []),
    ...formatFlags(visible(command), help, style),
    '',
    help.boxWrap('Global flags: cekura-logs help flags', width),
    help.boxWrap('Exit codes: cekura-logs help exit-codes', width),
    '',
  ].join('\n')
}
