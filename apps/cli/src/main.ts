import { parseArgs } from 'node:util'
import { piiRules } from '@cekura-kit/calls'
import { CekuraError, createClient } from '@cekura-kit/client'
import { exitCodes, StateError, UsageError } from './command-error.ts'
import { FilterIgnored } from './export/read-windows.ts'
import { exportFormats, type ExportPlan } from './export/run-export.ts'
import { readTime } from './read-time.ts'
import { runExportCommand } from './run-export-command.ts'
import { runGet, type GetPlan } from './run-get.ts'
import { runList, type ListPlan, type Output } from './run-list.ts'
import { runSql, type SqlPlan } from './run-sql.ts'

const help = `cekura-logs: call logs of AI voice agents

Usage: cekura-logs list --agent ID [--limit N]
       cekura-logs get ID... --agent ID
       cekura-logs export --agent ID --from TIME -o PATH [--to TIME] [--format ndjson|csv|parquet]
       cekura-logs sql PATH QUERY

  --agent ID      agent whose calls are meant
  --help          this text

list: a table on a terminal (--table forces it), one JSON object a line otherwise.
  --limit N       at most this many calls; default 20

get: call logs by id (the number, not the provider's call_id).

export: every call of a range, each once. The same command goes on where it stopped; with a later
--to it adds what is new. Times: 7d, 24h, 2026-11-01, 2026-11-01T09:00:00Z (UTC).
  --from TIME     start of the range
  --to TIME       end of the range; default ten minutes ago
  -o, --output    file to write; its state is PATH.state, its manifest PATH.manifest.json
  --format F      ndjson (default, lossless) csv (safe to open in a spreadsheet)
                  or parquet (PATH, and a flat table of the metrics beside it)
  --pii RULE      keep (default), mask, hash or drop phone numbers, feedback and transcripts
  --lookback T    how much is read again when --to grows; default 3d

sql: asks an export with DuckDB; its calls are the table calls, metrics of Parquet the table metrics.

The key is read from CEKURA_API_KEY, the service's address from CEKURA_API_URL.
Exit codes: 0 done, 1 failed, 2 wrong usage, 4 not allowed, 5 stopped but resumable, 6 some windows
changed while they were read, 7 state of another export or another run, 130 interrupted.
`

const options = {
  agent: { type: 'string' },
  limit: { type: 'string', default: '20' },
  from: { type: 'string' },
  to: { type: 'string' },
  output: { type: 'string', short: 'o' },
  format: { type: 'string', default: 'ndjson' },
  pii: { type: 'string', default: 'keep' },
  lookback: { type: 'string', default: '3d' },
  table: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

function readNumber(flag: string, text: string | undefined): number {
  const number = Number(text)
  if (text === undefined)
    throw new UsageError(`Cannot list calls: --${flag} is missing; give a whole number`)
  if (!Number.isSafeInteger(number) || number < 1)
    throw new UsageError(
      `Cannot list calls: --${flag} is "${text}"; give a whole number greater than 0`,
    )
  return number
}

function readChoice<Choice extends string>(
  flag: string,
  text: string,
  choices: readonly Choice[],
): Choice {
  const choice = choices.find((one) => one === text)
  if (choice !== undefined) return choice
  throw new UsageError(`Cannot export: --${flag} is "${text}"; give one of ${choices.join(', ')}`)
}

type Command =
  | { name: 'help' }
  | { name: 'export'; plan: ExportPlan }
  | { name: 'get'; plan: GetPlan; table: boolean }
  | { name: 'sql'; plan: SqlPlan }
  | { name: 'list'; plan: ListPlan; table: boolean }

/** What the command line asks for. @throws {UsageError} when it asks for nothing there is */
export function parseCommand(args: string[], now = Date.now()): Command {
  const { values, positionals } = (() => {
    try {
      return parseArgs({ args, options, allowPositionals: true })
    } catch (error) {
      throw new UsageError(
        `${(error as Error).message.split(/[.?](?:\s|$)/)[0]}; see cekura-logs --help`,
      )
    }
  })()
  const [command, ...rest] = positionals
  if (values.help || command === undefined) return { name: 'help' }
  if (command === 'get') {
    const stranger = rest.find((id) => !/^[1-9]\d{0,15}$/.test(id))
    if (stranger !== undefined || rest.length === 0)
      throw new UsageError(
        `Cannot get call logs: ${stranger === undefined ? 'no id is given' : `"${stranger.slice(0, 80)}" is no id`}; give the number in the field id, the provider's call_id is another one`,
      )
    const plan = { agentId: readNumber('agent', values.agent), ids: rest.map(Number) }
    return { name: 'get', plan, table: values.table }
  }
  if (command === 'sql') {
    const [path, query, more] = rest
    if (path === undefined || query === undefined || more !== undefined)
      throw new UsageError(
        'Cannot run SQL: give a path and one query in quotes, as in cekura-logs sql calls.parquet "SELECT count(*) FROM calls"',
      )
    return { name: 'sql', plan: { path, query } }
  }
  if ((command !== 'list' && command !== 'export') || rest.length > 0)
    throw new UsageError(
      `Cannot run "${positionals.join(' ')}": there are list, get, export and sql; see cekura-logs --help`,
    )
  if (command === 'export') {
    const { from, to, output } = values
    if (from === undefined || output === undefined)
      throw new UsageError(
        `Cannot export: ${from === undefined ? '--from' : '--output'} is missing; for example cekura-logs export --agent 2142 --from 7d -o calls.ndjson`,
      )
    const plan = {
      agentId: readNumber('agent', values.agent),
      from: readTime('from', from, now),
      to: to === undefined ? undefined : readTime('to', to, now),
      path: output,
      format: readChoice('format', values.format, exportFormats),
      pii: readChoice('pii', values.pii, piiRules),
      lookbackMs: now - readTime('lookback', values.lookback, now),
    }
    if (plan.to !== undefined && plan.to <= plan.from)
      throw new UsageError(`Cannot export: --to ${to} is not after --from ${from}; swap them`)
    return { name: 'export', plan }
  }
  const plan = {
    agentId: readNumber('agent', values.agent),
    limit: readNumber('limit', values.limit),
  }
  return { name: 'list', plan, table: values.table }
}

function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof UsageError || CekuraError.is(error, 'usage')) return exitCodes.usage
  if (error instanceof StateError) return exitCodes.state
  if (error instanceof FilterIgnored) return exitCodes.failed
  if (CekuraError.is(error, 'authentication') || CekuraError.is(error, 'permission'))
    return exitCodes.denied
  return CekuraError.is(error) ? exitCodes.failed : undefined
}

/** Runs one command line and returns its exit code. Failures become one sentence on stderr. */
export async function main(
  args: string[],
  output: Output,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  try {
    const command = parseCommand(args)
    if (command.name === 'help') {
      output.stdout.write(help)
      return exitCodes.done
    }
    if (command.name === 'sql') {
      await runSql(command.plan, output)
      return exitCodes.done
    }
    const client = createClient()
    if (command.name === 'export')
      return await runExportCommand(client, command.plan, args, output, signal)
    if (command.name === 'get') {
      const asTable = command.table || output.stdout.isTTY === true
      const missing = await runGet(client, command.plan, { ...output, asTable })
      if (missing.length === 0) return exitCodes.done
      output.stderr.write(
        `Not there for agent ${command.plan.agentId}: ${missing.join(', ')}; the ids are those of the field id, not of call_id.\n`,
      )
      return exitCodes.failed
    }
    await runList(client, command.plan, {
      ...output,
      asTable: command.table || output.stdout.isTTY === true,
    })
    return exitCodes.done
  } catch (error) {
    const code = exitCodeOf(error)
    if (code === undefined) throw error
    output.stderr.write(`${(error as Error).message}\n`)
    return code
  }
}
