import type { CommandInfo } from '../options/command-info.ts'
import type { Flag } from '../options/flag.ts'
import { programFlags } from '../options/flags.ts'
import type { Io } from '../io.ts'
import { breakLine } from '../terminal/break-line.ts'
import { createStyle } from '../terminal/color.ts'
import type { Screen } from '../terminal/format-table.ts'

const maxWidth = 100
const minTextWidth = 20

/** Where help is shown; lines of more than 100 columns are hard to read. */
export const helpScreen = ({ isTTY, columns, env }: Io): Screen => ({
  width: Math.min(isTTY.stdout ? columns() : 80, maxWidth),
  style: createStyle(isTTY.stdout, env),
})

type Items = readonly (readonly [term: string, text: string])[]

/** Terms with their descriptions under a title, wrapped for the width of the screen. */
export function formatItems(title: string, items: Items, screen: Screen, minTermWidth = 0): string {
  const termWidth = Math.max(minTermWidth, ...items.map(([term]) => term.length))
  const textWidth = Math.max(minTextWidth, screen.width - termWidth - 4)
  const lines = items.map(([term, text]) => {
    const wrapped = breakLine(text, textWidth).join(`\n${' '.repeat(termWidth + 4)}`)
    return `  ${term.padEnd(termWidth)}  ${wrapped}`
  })
  return [screen.style('bold', title), ...lines].join('\n')
}

/** Paragraphs, wrapped for the width of the screen. */
export const formatText = (lines: readonly string[], { width }: Screen): string =>
  lines.flatMap((line) => breakLine(line, width)).join('\n')

/** What a flag does, its choices, default and variable. */
function describeFlag(flag: Flag): string {
  const { help, choices, default: value, defaultText, env, isList } = flag
  const byDefault = value === undefined ? defaultText : String(value)
  const facts = [
    choices?.join(', '),
    isList && 'comma-separated',
    byDefault !== undefined && `default: ${byDefault}`,
    env !== undefined && `env: ${env}`,
  ].filter(Boolean)
  return `${help}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`
}

/** Flags by group, in the order of their first flag. */
export function formatFlags(flags: readonly Flag[], screen: Screen): string[] {
  const width = Math.max(0, ...flags.map(({ flag }) => flag.length))
  return [...new Set(flags.map(({ group }) => group))].map((group) => {
    const members = flags.filter((each) => each.group === group)
    const items = members.map((each) => [each.flag, describeFlag(each)] as const)
    return formatItems(`${group}:`, items, screen, width)
  })
}

const formatExamples = (examples: readonly string[], { style }: Screen): string =>
  [style('bold', 'Examples:'), ...examples.map((line) => `  ${line}`)].join('\n')

/** Help of a command. */
export function formatCommandHelp(declaration: CommandInfo, screen: Screen): string {
  const { name, description, examples, flags, arguments: args = [] } = declaration
  const usage = ['  cekura-logs', name, ...args.map((each) => each.name), '[flags]'].join(' ')
  const items = args.map((each) => [each.name, each.help] as const)
  const sections = [
    formatText([description], screen),
    `${screen.style('bold', 'Usage:')}\n${usage}`,
    formatExamples(examples, screen),
    items.length > 0 && formatItems('Arguments:', items, screen),
    ...formatFlags([...Object.values(flags), programFlags.help], screen),
    'Global flags: cekura-logs help flags\nExit codes: cekura-logs help exit-codes',
  ]
  return `${sections.filter(Boolean).join('\n\n')}\n`
}

/** Help of the program. */
export function formatRootHelp(commands: readonly CommandInfo[], screen: Screen): string {
  const sections = [
    'List, export and analyze Cekura call logs.',
    `${screen.style('bold', 'Usage:')}\n  cekura-logs <command> [flags]`,
    formatItems(
      'Commands:',
      commands.map(({ name, summary }) => [name, summary]),
      screen,
    ),
    formatExamples(
      [
        'cekura-logs list --agent 2142 --from 7d',
        'cekura-logs export --agent 2142 --from 30d -o calls.ndjson',
        'cekura-logs stats --agent 2142 --compare previous',
      ],
      screen,
    ),
    formatItems(
      'Flags:',
      Object.values(programFlags).map(({ flag, help }) => [flag, help]),
      screen,
    ),
    'More: cekura-logs help flags|exit-codes|environment',
  ]
  return `${sections.join('\n\n')}\n`
}
