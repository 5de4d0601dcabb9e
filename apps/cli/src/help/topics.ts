import type { Command } from 'commander'
import { exitCodes } from '../errors/command-error.ts'
import { declarationOf } from '../options/flag.ts'
import { environmentName, optionsOf } from '../options/option-sources.ts'
import { createStyle } from '../terminal/color.ts'
import { formatFlags, formatItems } from './format-help.ts'

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  done: 'success, including no results or a closed pipe',
  failed: 'failed: limit breached, call not found, unexpected response, or an internal error',
  usage: 'usage error or invalid setting',
  denied: 'API key rejected or without access (401, 403)',
  resumable: 'stopped early (rate limit, network, server, disk); rerun to resume',
  unstable: 'finished, but not verified: the export can lack calls, or the call can be sent',
  state: 'saved state belongs to another export or is locked',
  interrupted: 'interrupted (SIGINT); rerun an export to resume',
  terminated: 'terminated (SIGTERM); rerun an export to resume',
}

/** Writes for the width of the screen. */
interface Writer {
  table(rows: readonly (readonly [string, string])[]): string
  text(...lines: string[]): string
  flags(command: Command): string
}

function createWriter(root: Command): Writer {
  const help = root.createHelp()
  const { getOutHelpWidth, getOutHasColors } = root.configureOutput()
  const helpWidth = getOutHelpWidth!()
  help.minWidthToWrap = 20
  help.prepareContext({ helpWidth })
  return {
    text: (...lines) => lines.map((line) => `${help.boxWrap(line, helpWidth)}\n`).join(''),
    table: (rows) => `${formatItems(rows, help).join('\n')}\n`,
    flags({ options }) {
      const shown = options.filter((option) => !option.hidden && declarationOf(option))
      return `${formatFlags(shown, help, createStyle(getOutHasColors!())).join('\n').trim()}\n`
    },
  }
}

const aboutFlags = (root: Command, { flags, text }: Writer): string =>
  `${text('Flags of every command, before or after its name.')}\n${flags(root)}`

const aboutExitCodes = (_root: Command, { table }: Writer): string =>
  `Exit codes:\n${table(
    Object.entries(exitCodes).map(([name, code]) => [
      String(code),
      meanings[name as keyof typeof exitCodes],
    ]),
  )}`

function aboutEnvironment(root: Command, { table, text }: Writer): string {
  const flags = new Map<string, string>()
  for (const command of [root, ...root.commands])
    for (const { option } of optionsOf(command)) {
      const name = environmentName(option)
      if (name !== undefined) flags.set(name, option.long!)
    }
  const variables: [string, string][] = [
    ['CEKURA_API_KEY', 'API key; no flag takes it'],
    ...[...flags].map(([name, flag]): [string, string] => [name, `same as ${flag}`]),
    ['CEKURA_CONFIG', 'same as --config'],
    ['CEKURA_FORCE_TTY', 'format piped output for a terminal N columns wide'],
    ['NO_COLOR, FORCE_COLOR', 'no color, or color in pipes'],
    ['XDG_CONFIG_HOME', 'folder of cekura-logs/config.json (default: ~/.config)'],
  ]
  return `Variables:\n${table(variables)}\n${text(
    'Precedence: flag, environment variable, configuration file, default.',
    'The configuration file is JSON with flag names: {"agent": 2142, "timeout": "30s"}. It accepts every flag that has a variable, and allow-host. It holds no key: set api-key-file.',
    '.env files are never loaded.',
    'cekura-logs doctor shows each value and its source.',
  )}`
}

const aboutFormats = (_root: Command, { table, text }: Writer): string =>
  `Formats of --format:\n${table([
    ['table', 'for people; default in a terminal'],
    ['ndjson', "one JSON object per line with the API's fields; default in a pipe"],
    ['json', 'one JSON document with schema_version; errors also as {"error":…} on stderr'],
    ['csv', 'RFC 4180; values that a spreadsheet would run start with an apostrophe'],
  ])}\n${text(
    'export writes ndjson, csv or parquet files.',
    'Sensitive data (phone numbers, feedback, errors, transcripts) is masked in every format; --show-pii shows it.',
    "--fields selects fields by the API's names, in every format: --fields id,status,topic.",
    'stdout has only data; messages, progress and errors go to stderr, and --quiet hides messages.',
    'With --progress json, stderr has one JSON object per line, whose event is start, window, progress, retry, complete or error.',
    'Times: 7d, 24h, now-30m, today, yesterday, 2026-11-01, 2026-11-01T09:00:00Z; UTC unless --tz.',
  )}`

const topics = new Map([
  ['flags', aboutFlags],
  ['exit-codes', aboutExitCodes],
  ['environment', aboutEnvironment],
  ['formats', aboutFormats],
])

/** Help topics besides the commands. */
export const topicNames: readonly string[] = [...topics.keys()]

/** Text about a topic; undefined if there is no such topic. */
export const describeTopic = (name: string, root: Command): string | undefined =>
  topics.get(name)?.(root, createWriter(root))
