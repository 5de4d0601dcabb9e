import type { Context } from '../context.ts'
import { breakLine } from '../terminal/break-line.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import { escapeControlCharacters } from '../terminal/escape-control-characters.ts'
import { version } from '../version.ts'
import { exitCodeOf, runChecks, type Check } from './run-checks.ts'
import { readSettings, type Setting } from './read-settings.ts'

const marks = {
  ok: ['green', '✓'],
  failed: ['red', '✗'],
  warning: ['yellow', '!'],
  skipped: ['dim', '-'],
} as const

const toDocument = (settings: readonly Setting[], checks: readonly Check[]): object => ({
  schema_version: 1,
  ok: checks.every(({ status }) => status !== 'failed'),
  version,
  node: process.versions.node,
  platform: `${process.platform} ${process.arch}`,
  settings,
  checks: checks.map(({ name, status, detail, fix = null }) => ({ name, status, detail, fix })),
})

/** Columns that a detail needs next to the name; with fewer it is below. */
const minDetailWidth = 30

const width = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length))

function formatReport(
  settings: readonly Setting[],
  checks: readonly Check[],
  { style, io }: Context,
): string {
  const columns = io.isTTY.stdout ? io.columns() : Number.POSITIVE_INFINITY
  const nameWidth = width([...settings, ...checks].map(({ name }) => name))
  const widest = width(settings.map(({ value }) => value ?? '-'))
  const sourceWidth = width(settings.map(({ source }) => source ?? 'default'))
  // Without room for a third column, a source follows its value.
  const valueWidth = nameWidth + widest + sourceWidth + 6 > columns ? 0 : widest
  return [
    ...breakLine(
      `cekura-logs ${version}, Node ${io.nodeVersion}, ${process.platform} ${process.arch}`,
      columns,
    ),
    '',
    style('bold', 'Settings'),
    ...settings.map(({ name, value, source }) =>
      `  ${name.padEnd(nameWidth)}  ${escapeControlCharacters(value ?? '-').padEnd(valueWidth)}  ${style('dim', source ?? (value === null ? '' : 'default'))}`.trimEnd(),
    ),
    '',
    style('bold', 'Checks'),
    ...checks.flatMap(({ name, status, detail, fix }) => {
      const [color, mark] = marks[status]
      const isNarrow = columns - nameWidth - 4 < minDetailWidth
      const indent = ' '.repeat(isNarrow ? 4 : nameWidth + 4)
      const lines = breakLine(escapeControlCharacters(detail), columns - indent.length)
      // A command is not wrapped, so that it can be copied.
      if (fix !== undefined) lines.push(`Fix: ${escapeControlCharacters(fix)}`)
      const title = `${style(color, mark)} ${name.padEnd(nameWidth)}`
      return isNarrow
        ? [title.trimEnd(), ...lines.map((line) => indent + line)]
        : [`${title}  ${lines[0]}`, ...lines.slice(1).map((line) => indent + line)]
    }),
    '',
  ].join('\n')
}

/** Shows the settings and tests the connection. */
export async function runDoctor(format: 'table' | 'json', context: Context): Promise<void> {
  const settings = readSettings(context.command, context)
  const checks = await runChecks(context)
  await context.out.write(
    format === 'json'
      ? `${encodeJson(toDocument(settings, checks), 2)}\n`
      : formatReport(settings, checks, context),
  )
  context.finish(exitCodeOf(checks))
}
