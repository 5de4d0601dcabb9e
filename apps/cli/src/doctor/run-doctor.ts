import type { Context } from '../context.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import { printable } from '../terminal/printable.ts'
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

const width = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length))

function formatReport(
  settings: readonly Setting[],
  checks: readonly Check[],
  { style }: Context,
): string {
  const nameWidth = width([...settings, ...checks].map(({ name }) => name))
  const valueWidth = width(settings.map(({ value }) => value ?? '-'))
  return [
    `cekura-logs ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    '',
    style('bold', 'Settings'),
    ...settings.map(({ name, value, source }) =>
      `  ${name.padEnd(nameWidth)}  ${printable(value ?? '-').padEnd(valueWidth)}  ${style('dim', source ?? (value === null ? '' : 'default'))}`.trimEnd(),
    ),
    '',
    style('bold', 'Checks'),
    ...checks.flatMap(({ name, status, detail, fix }) => {
      const [colour, mark] = marks[status]
      const line = `${style(colour, mark)} ${name.padEnd(nameWidth)}  ${printable(detail)}`
      return fix === undefined
        ? [line]
        : [line, `  ${' '.repeat(nameWidth)}  Fix: ${printable(fix)}`]
    }),
    '',
  ].join('\n')
}

/** Tells what is set and whether the service answers. */
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
