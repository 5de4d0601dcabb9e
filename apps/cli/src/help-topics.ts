import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { exitCodes } from './command-error.ts'
import { helpWidthOf } from './help-text.ts'
import { environmentName, optionsOf } from './settings/option-sources.ts'

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  done: 'success, including no results or a closed pipe',
  failed: 'failed: call not found, unexpected response, or an internal error',
  usage: 'usage error or invalid setting',
  denied: 'API key rejected or without access (401, 403)',
  resumable: 'stopped early (rate limit, network, server, disk); rerun to resume',
  unstable: 'finished, but completeness could not be verified',
  state: 'saved state belongs to another export or is locked',
  interrupted: 'interrupted (SIGINT); rerun an export to resume',
  terminated: 'terminated (SIGTERM); rerun an export to resume',
}

/** Writes for the width of a screen. */
interface Writer {
  table(rows: readonly (readonly [string, string])[]): string
  text(...lines: string[]): string
}

function createWriter(root: CommandUnknownOpts): Writer {
  const help = root.createHelp()
  const helpWidth = helpWidthOf(root)
  help.prepareContext({ helpWidth })
  return {
    text: (...lines) => lines.map((line) => `${help.boxWrap(line, helpWidth)}\n`).join(''),
    table(rows) {
      const width = Math.max(...rows.map(([name]) => name.length))
      return rows.map(([name, text]) => `${help.formatItem(name, width, text, help)}\n`).join('')
    },
  }
}

const aboutExitCodes = (_root: CommandUnknownOpts, { table }: Writer): string =>
  `Exit codes:\n${table(
    Object.entries(exitCodes).map(([name, code]) => [
      String(code),
      meanings[name as keyof typeof exitCodes],
    ]),
  )}`

function aboutEnvironment(root: CommandUnknownOpts, { table, text }: Writer): string {
  const flags = new Map<string, string>()
  for (const command of [root, ...root.commands])
    for (const { option } of optionsOf(command)) {
      const name = environmentName(option)
      if (name !== undefined) flags.set(name, option.long!)
    }
  const variables: [string, string][] = [
    ['CEKURA_API_KEY', 'the API key; no flag takes it'],
    ...[...flags].map(([name, flag]): [string, string] => [name, `the same as ${flag}`]),
    ['CEKURA_CONFIG', 'the same as --config'],
    ['CEKURA_HASH_KEY', 'key of the hashes of export --pii hash'],
    ['CEKURA_FORCE_TTY', 'a number: write to a pipe as to a terminal of so many columns'],
    ['NO_COLOR, FORCE_COLOR', 'no color, or color in a pipe too'],
    ['XDG_CONFIG_HOME', 'where cekura-logs/config.json is looked for; default ~/.config'],
  ]
  return `Variables:\n${table(variables)}\n${text(
    'A flag wins over a variable, a variable over the configuration file, that over the default.',
    'The configuration file is JSON with the names of flags: {"agent": 2142, "timeout": "30s"}. Every flag with a variable can stand in it, and allow-host. It holds no key: set api-key-file.',
    'No .env file is read by itself; --env-file names one.',
    'cekura-logs doctor tells each value and where it comes from.',
  )}`
}

const aboutFormats = (_root: CommandUnknownOpts, { table, text }: Writer): string =>
  `Formats of --format:\n${table([
    ['table', 'for people; the default on a terminal. Personal data is masked unless --show-pii'],
    ['ndjson', "one JSON object a line, the API's own; the default for a pipe"],
    ['json', 'one JSON document with schema_version; errors also as {"error":…} on stderr'],
    ['csv', "RFC 4180; a text that a spreadsheet would run gets a ' in front"],
  ])}\n${text(
    'export writes ndjson, csv or parquet files.',
    "--fields chooses fields by the API's names, in every format: --fields id,status,topic.",
    'stdout is data and nothing else; notes, progress and errors go to stderr, and --quiet silences notes.',
    'With --progress json stderr is one JSON object a line, whose event is start, window, progress, retry, complete or error.',
    'Times: 7d, 24h, now-30m, today, yesterday, 2026-11-01, 2026-11-01T09:00:00Z; always UTC.',
  )}`

const topics = new Map([
  ['exit-codes', aboutExitCodes],
  ['environment', aboutEnvironment],
  ['formats', aboutFormats],
])

/** What `help` can tell besides the commands. */
export const topicNames: readonly string[] = [...topics.keys()]

/** Text about a topic; undefined when there is none of that name. */
export const describeTopic = (name: string, root: CommandUnknownOpts): string | undefined =>
  topics.get(name)?.(root, createWriter(root))
