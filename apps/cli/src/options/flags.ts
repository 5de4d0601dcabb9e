import { UsageError } from '../errors/command-error.ts'
import type { Flag, FlagSet, OptionsOf } from './flag.ts'
import { agentReference, duration, integer, timeZone } from './read-values.ts'

/** Formats for rows on stdout. */
export const formats = ['table', 'json', 'ndjson', 'csv'] as const
export type Format = (typeof formats)[number]

export const agent = {
  flag: '--agent <agent>',
  help: 'Agent ID, or the unique name of an agent',
  group: 'Filters',
  env: 'CEKURA_AGENT_ID',
  parse: agentReference,
  isConnection: true,
} as const satisfies Flag

export const from = {
  flag: '--from <time>',
  help: 'Start: 7d, 24h, today, 2026-11-01 or ISO 8601',
  group: 'Filters',
} as const satisfies Flag

export const to = {
  flag: '--to <time>',
  help: 'End',
  group: 'Filters',
  defaultText: 'now',
} as const satisfies Flag

const format = {
  flag: '--format <format>',
  help: 'Output format',
  group: 'Output',
  env: 'CEKURA_FORMAT',
  choices: formats,
  defaultText: 'table in a terminal, ndjson in a pipe',
} as const satisfies Flag

export const json = {
  flag: '--json',
  help: 'Print one JSON document',
  group: 'Output',
} as const satisfies Flag

const fields = {
  flag: '--fields <names>',
  help: 'Fields to show, in order',
  group: 'Output',
  isList: true,
} as const satisfies Flag

export const showPii = {
  flag: '--show-pii',
  help: 'Show phone numbers, feedback, errors and transcripts unmasked',
  group: 'Output',
} as const satisfies Flag

export const tz = {
  flag: '--tz <zone>',
  help: 'Time zone of tables and whole days, such as Europe/Berlin',
  group: 'Output',
  env: 'CEKURA_TZ',
  parse: timeZone,
  default: 'UTC',
} as const satisfies Flag

/** Flags of commands that write records. */
export const outputFlags = { format, json, fields, tz }

export const concurrency = {
  flag: '--concurrency <n>',
  help: 'Maximum concurrent requests',
  group: 'Requests',
  env: 'CEKURA_CONCURRENCY',
  parse: integer(1),
  default: 2,
} as const satisfies Flag

/** Flags of every command. */
export const globalFlags = {
  apiKeyFile: {
    flag: '--api-key-file <path>',
    help: 'Read the API key from a file, or - for stdin',
    group: 'API',
    env: 'CEKURA_API_KEY_FILE',
    defaultText: '$CEKURA_API_KEY',
    isConnection: true,
  },
  apiUrl: {
    flag: '--api-url <url>',
    help: 'API base URL',
    group: 'API',
    env: 'CEKURA_API_URL',
    defaultText: 'https://api.cekura.ai',
    isConnection: true,
  },
  allowHost: {
    flag: '--allow-host <hosts>',
    help: 'Also send the API key to these hosts',
    group: 'API',
    isInConfig: true,
    isList: true,
    isConnection: true,
  },
  timeout: {
    flag: '--timeout <time>',
    help: 'Timeout per request',
    group: 'API',
    env: 'CEKURA_TIMEOUT',
    parse: duration,
    defaultText: '30s',
  },
  maxRetries: {
    flag: '--max-retries <n>',
    help: 'Retries per failed request',
    group: 'API',
    env: 'CEKURA_MAX_RETRIES',
    parse: integer(0),
    defaultText: '2; export: 5',
  },
  config: {
    flag: '--config <path>',
    help: 'Configuration file',
    group: 'General',
    defaultText: '$XDG_CONFIG_HOME/cekura-logs/config.json',
    isConnection: true,
  },
  quiet: {
    flag: '-q, --quiet',
    help: 'Hide informational messages; keep warnings and errors',
    group: 'General',
    env: 'CEKURA_QUIET',
  },
  debug: {
    flag: '--debug',
    help: 'Log requests to stderr, without values',
    group: 'General',
    env: 'CEKURA_DEBUG',
  },
} as const satisfies FlagSet

export type GlobalOptions = OptionsOf<typeof globalFlags>

/** Flags that print something instead of running a command. */
export const programFlags = {
  help: { flag: '-h, --help', help: 'Show help', group: 'General' },
  version: { flag: '--version', help: 'Print the version', group: 'General' },
} as const satisfies FlagSet

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
