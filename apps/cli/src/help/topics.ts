import { exitCodes } from '../errors/command-error.ts'
import type { CommandInfo } from '../options/command-info.ts'
import { partsOf, type Flag } from '../options/flag.ts'
import { globalFlags } from '../options/flags.ts'
import type { Screen } from '../terminal/format-table.ts'
import { formatFlags, formatItems, formatText } from './format-help.ts'

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  done: 'success, including no results or a closed pipe',
  failed: 'failed: limit breached, call not found, unexpected response, or an internal error',
  usage: 'usage error or invalid setting',
  denied: 'API key rejected or without access (401, 403)',
  resumable: 'stopped early (rate limit, network, server, disk); rerun to resume',
  unstable: 'not verified: calls can be missing, a call can be sent, or a limit is not checked',
  state: 'saved state belongs to another export or is locked',
  interrupted: 'interrupted (SIGINT); rerun an export to resume',
  terminated: 'terminated (SIGTERM); rerun an export to resume',
}

type Topic = (screen: Screen, commands: readonly CommandInfo[]) => string[]

const aboutFlags: Topic = (screen) => [
  formatText(['Flags of every command, before or after its name.'], screen),
  ...formatFlags(Object.values(globalFlags) as Flag[], screen),
]

const aboutExitCodes: Topic = (screen) => [
  formatItems(
    'Exit codes:',
    Object.entries(exitCodes).map(([name, code]) => [
      String(code),
      meanings[name as keyof typeof exitCodes],
    ]),
    screen,
  ),
]

const aboutEnvironment: Topic = (screen, commands) => {
  const sets = [globalFlags, ...commands.map(({ flags }) => flags)]
  const flags = sets.flatMap((set) => Object.values(set))
  const named = flags.flatMap((flag): [string, string][] =>
    flag.env === undefined ? [] : [[flag.env, `same as ${partsOf(flag).long}`]],
  )
  const variables: [string, string][] = [
    ['CEKURA_API_KEY', 'API key; no flag takes it'],
    ...new Map(named),
    ['CEKURA_CONFIG', 'same as --config'],
    ['NO_COLOR, FORCE_COLOR', 'no color, or color in pipes'],
    ['XDG_CONFIG_HOME', 'folder of cekura-logs/config.json (default: ~/.config)'],
  ]
  return [
    formatItems('Variables:', variables, screen),
    formatText(
      [
        'Precedence: flag, environment variable, configuration file, default.',
        'The configuration file is JSON with flag names: {"agent": 2142, "timeout": "30s"}. It accepts every flag that has a variable, and allow-host. It holds no key: set api-key-file.',
        '.env files are never loaded.',
        'cekura-logs doctor shows each value and its source.',
      ],
      screen,
    ),
  ]
}

/** Help topics besides the commands. */
export const topics: ReadonlyMap<string, Topic> = new Map([
  ['flags', aboutFlags],
  ['exit-codes', aboutExitCodes],
  ['environment', aboutEnvironment],
])
export const topicNames: readonly string[] = [...topics.keys()]
