import { UsageError } from '../errors/command-error.ts'
import { progressModes, type ProgressMode } from '../terminal/progress.ts'
import { flag, flagWithDefault, toggle, type OptionsOf } from './flag.ts'
import { agentReference, duration, integer, timeZone } from './read-values.ts'

/** Formats for rows on stdout. */
export const formats = ['table', 'json', 'ndjson', 'csv'] as const
export type Format = (typeof formats)[number]

export const agent = flag<number>({
  flag: '--agent <agent>',
  help: 'Agent ID, or the unique name of an agent',
  group: 'Filters',
  env: 'CEKURA_AGENT_ID',
  parse: agentReference,
  isConnection: true,
})

export const from = flag<string>({
  flag: '--from <time>',
  help: 'Start: 7d, 24h, today, 2026-11-01 or ISO 8601',
  group: 'Filters',
})

export const to = flag<string>({
  flag: '--to <time>',
  help: 'End',
  group: 'Filters',
  defaultText: 'now',
})

const format = flag<Format>({
  flag: '--format <format>',
  help: 'Output format',
  group: 'Output',
  env: 'CEKURA_FORMAT',
  choices: formats,
  defaultText: 'table in a terminal, ndjson in a pipe',
})

export const json = toggle({ flag: '--json', help: 'Print one JSON document', group: 'Output' })

const fields = flag<string[]>({
  flag: '--fields <names>',
  help: 'Fields to show, in order',
  group: 'Output',
  isList: true,
})

export const showPii = toggle({
  flag: '--show-pii',
  help: 'Show phone numbers, feedback, errors and transcripts unmasked',
  group: 'Output',
})

export const tz = flagWithDefault<string>({
  flag: '--tz <zone>',
  help: 'Time zone of tables and whole days, such as Europe/Berlin',
  group: 'Output',
  env: 'CEKURA_TZ',
  parse: timeZone,
  default: 'UTC',
})

/** Flags of commands that write records. */
export const outputFlags = { format, json, fields, tz }

export const concurrency = flagWithDefault<number>({
  flag: '--concurrency <n>',
  help: 'Maximum concurrent requests',
  group: 'Requests',
  env: 'CEKURA_CONCURRENCY',
  parse: integer(1),
  default: 2,
})

export const progress = flagWithDefault<ProgressMode>({
  flag: '--progress <how>',
  help: 'auto: bar in a terminal, otherwise a line every 10 s; json: events',
  group: 'Output',
  env: 'CEKURA_PROGRESS',
  choices: progressModes,
  default: 'auto',
})

/** Flags of every command. */
export const globalFlags = {
  apiKeyFile: flag<string>({
    flag: '--api-key-file <path>',
    help: 'Read the API key from a file, or - for stdin',
    group: 'API',
    env: 'CEKURA_API_KEY_FILE',
    defaultText: '$CEKURA_API_KEY',
    isConnection: true,
  }),
  apiUrl: flag<string>({
    flag: '--api-url <url>',
    help: 'API base URL',
    group: 'API',
    env: 'CEKURA_API_URL',
    defaultText: 'https://api.cekura.ai',
    isConnection: true,
  }),
  allowHost: flag<string[]>({
    flag: '--allow-host <hosts>',
    help: 'Also send the API key to these hosts',
    group: 'API',
    isInConfig: true,
    isList: true,
    isConnection: true,
  }),
  timeout: flag<number>({
    flag: '--timeout <time>',
    help: 'Timeout per request',
    group: 'API',
    env: 'CEKURA_TIMEOUT',
    parse: duration,
    defaultText: '30s',
  }),
  maxRetries: flag<number>({
    flag: '--max-retries <n>',
    help: 'Retries per failed request',
    group: 'API',
    env: 'CEKURA_MAX_RETRIES',
    parse: integer(0),
    defaultText: '2; export: 5',
  }),
  config: flag<string>({
    flag: '--config <path>',
    help: 'Configuration file',
    group: 'General',
    defaultText: '$XDG_CONFIG_HOME/cekura-logs/config.json',
    isConnection: true,
  }),
  quiet: toggle({
    flag: '-q, --quiet',
    help: 'Hide informational messages; keep warnings and errors',
    group: 'General',
    env: 'CEKURA_QUIET',
  }),
  debug: toggle({
    flag: '--debug',
    help: 'Log requests to stderr, without values',
    group: 'General',
    env: 'CEKURA_DEBUG',
  }),
} as const

export type GlobalOptions = OptionsOf<typeof globalFlags>

/** Flags that print something instead of running a command. */
export const programFlags = {
  help: toggle({ flag: '-h, --help', help: 'Show help', group: 'General' }),
  version: toggle({ flag: '--version', help: 'Print the version', group: 'General' }),
}

/**
 * Checked here and not by the option parser, where a missing flag would hide a misspelled one.
 *
 * @throws {UsageError}
 */
export function requireAgent(id: number | undefined): number {
  if (id !== undefined) return id
  throw new UsageError('Missing --agent. Set CEKURA_AGENT_ID to avoid repeating it.', [
    '--agent',
    '<agent-id>',
  ])
}
