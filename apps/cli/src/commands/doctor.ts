import { Command, Option } from '@commander-js/extra-typings'
import { agentOption, jsonOption } from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import type { Context } from '../context.ts'
import { exitCodeOf, runChecks, type Check } from '../doctor/run-checks.ts'
import { readSettings, type Setting } from '../doctor/read-settings.ts'
import { describeCommand } from '../help-text.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import { printable } from '../terminal/printable.ts'
import { version } from '../version.ts'

const marks = {
  ok: ['green', '✓'],
  failed: ['red', '✗'],
  warning: ['yellow', '!'],
  skipped: ['dim', '-'],
} as const

export const createDoctorCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('doctor'), {
    summary: 'tell what is set, and whether the service answers',
    text: 'Tells every setting and who sets it, never the key, and asks the service for one call.',
    examples: ['cekura-logs doctor --agent 2142', 'cekura-logs doctor --agent 2142 --json'],
  })
    .addOption(agentOption())
    .addOption(new Option('--format <format>', 'default a table').choices(['table', 'json']))
    .addOption(jsonOption())
    .action(async (options, command) => {
      const context = contextOf(command)
      const settings = readSettings(command, context)
      const checks = await runChecks(context)
      const exitCode = exitCodeOf(checks)
      const isJson = options.format === 'json'
      await context.out.write(
        isJson
          ? `${encodeJson(toDocument(settings, checks), 2)}\n`
          : formatReport(settings, checks, context),
      )
      context.finish(exitCode)
    })

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
