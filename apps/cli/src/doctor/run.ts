import type { Context } from '../context.ts'
import { exitCodes, type ExitCode } from '../errors/command-error.ts'
import { breakLine } from '../terminal/break-line.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import { escapeControlCharacters } from '../terminal/escape-control-characters.ts'
import { formatTable, type Column } from '../terminal/format-table.ts'
import { version } from '../version.ts'
import { runChecks, type Check } from './run-checks.ts'
import { readSettings, type ShownSetting } from './read-settings.ts'

const marks = {
  ok: ['green', '✓'],
  failed: ['red', '✗'],
  warning: ['yellow', '!'],
  skipped: ['dim', '-'],
} as const

const settingColumns: readonly Column<ShownSetting>[] = [
  { title: 'SETTING', text: ({ name }) => name },
  { title: 'VALUE', minWidth: 12, text: ({ value }) => value ?? '-' },
  { title: 'SOURCE', text: ({ value, source }) => source ?? (value === null ? '' : 'default') },
]

function formatReport(
  settings: readonly ShownSetting[],
  checks: readonly Check[],
  { style, io }: Context,
): string {
  const width = io.isTTY.stdout ? io.columns() : Number.MAX_SAFE_INTEGER
  const lines = checks.flatMap(({ name, status, detail, fix }) => {
    const [color, mark] = marks[status]
    const text = breakLine(escapeControlCharacters(`${name}: ${detail}`), width - 2)
    // A command is not wrapped, so that it can be copied.
    if (fix !== undefined) text.push(`Fix: ${escapeControlCharacters(fix)}`)
    return text.map((line, at) => (at === 0 ? `${style(color, mark)} ${line}` : `  ${line}`))
  })
  const title = `cekura-logs ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`
  const table = formatTable(settingColumns, settings, { width, style })
  return [...breakLine(title, width), '', table, '', style('bold', 'Checks'), ...lines, ''].join(
    '\n',
  )
}

/** Shows the settings and tests the connection. */
export async function runDoctor(
  { agent, json }: { agent: number | undefined; json: boolean | undefined },
  context: Context,
): Promise<ExitCode> {
  const settings = readSettings(context)
  const checks = await runChecks(agent, context)
  const failed = checks.find(({ status }) => status === 'failed')
  const document = {
    schema_version: 1,
    ok: !failed,
    version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    settings,
    checks: checks.map(({ name, status, detail, fix = null }) => ({ name, status, detail, fix })),
  }
  await context.out.write(
    json ? `${encodeJson(document, 2)}\n` : formatReport(settings, checks, context),
  )
  return failed?.exitCode ?? exitCodes.done
}
