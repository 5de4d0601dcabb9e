import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { exitCodes } from './command-error.ts'
import { environmentName, optionsOf } from './settings/option-sources.ts'

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  done: 'done; also when nothing was found, and when the reader of a pipe has gone',
  failed: "failed: an id is not there, the answer is not the service's, or a fault of this program",
  usage: 'called wrongly, or a setting cannot be used',
  denied: 'not authenticated or not allowed (401, 403)',
  resumable:
    'stopped early: rate limit, network, service down, disk full; the same command goes on',
  unstable:
    'an export is done, but some windows changed while they were read; the manifest names them',
  state: 'the state on disk belongs to another export, or another run holds it',
  interrupted: 'interrupted (SIGINT); an export goes on with the same command',
  terminated: 'ended by SIGTERM; an export goes on with the same command',
}

const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}\n`).join('')
}

const aboutExitCodes = (): string =>
  `Exit codes:\n${table(
    Object.entries(exitCodes).map(([name, code]) => [
      String(code),
      meanings[name as keyof typeof exitCodes],
    ]),
  )}`

function aboutEnvironment(root: CommandUnknownOpts): string {
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
    ['CEKURA_FORCE_TTY', 'a number: write to a pipe as to a terminal of so many columns'],
    ['NO_COLOR, FORCE_COLOR', 'no colour, or colour in a pipe too'],
    ['XDG_CONFIG_HOME', 'where cekura-logs/config.json is looked for; default ~/.config'],
  ]
  return `Variables:\n${table(variables)}
A flag wins over a variable, a variable over the configuration file, that over the default.
The configuration file is JSON with the names of flags: {"agent": 2142, "timeout": "30s"}.
Every flag with a variable can stand in it, and allow-host. It holds no key: set api-key-file.
No .env file is read by itself; --env-file names one.
cekura-logs doctor tells each value and where it comes from.
`
}

const aboutFormats = (): string => `Formats of --format:
${table([
  ['table', 'for people; the default on a terminal. Personal data is masked unless --show-pii'],
  ['ndjson', "one JSON object a line, the API's own; the default for a pipe"],
  ['json', 'one JSON document with schema_version; errors also as {"error":…} on stderr'],
  ['csv', "RFC 4180; a text that a spreadsheet would run gets a ' in front"],
])}
export writes ndjson, csv or parquet files.
--fields chooses fields by the API's names, in every format: --fields id,status,topic.
stdout is data and nothing else; notes, progress and errors go to stderr, and --quiet silences notes.
Times: 7d, 24h, now-30m, today, yesterday, 2026-11-01, 2026-11-01T09:00:00Z; always UTC.
`

/** What `help` can tell besides the commands. */
export const helpTopics: ReadonlyMap<string, (root: CommandUnknownOpts) => string> = new Map([
  ['exit-codes', aboutExitCodes],
  ['environment', aboutEnvironment],
  ['formats', aboutFormats],
])
