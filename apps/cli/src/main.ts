import { parseArgs } from 'node:util'
import { CekuraError, createClient } from '@cekura-kit/client'
import { exitCodes, UsageError } from './command-error.ts'
import { runList, type ListPlan, type Output } from './run-list.ts'

const help = `cekura-logs: call logs of AI voice agents

Usage: cekura-logs list --agent ID [--limit N]

  --agent ID   agent whose calls to list
  --limit N    at most this many calls; default 20
  --help       this text

A table on a terminal (--table forces it), one JSON object a line otherwise.
The key is read from CEKURA_API_KEY, the service's address from CEKURA_API_URL.
`

const options = {
  agent: { type: 'string' },
  limit: { type: 'string', default: '20' },
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

type Command = { name: 'help' } | { name: 'list'; plan: ListPlan; table: boolean }

/** What the command line asks for. @throws {UsageError} when it asks for nothing there is */
export function parseCommand(args: string[]): Command {
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
  if (command !== 'list' || rest.length > 0)
    throw new UsageError(
      `Cannot run "${positionals.join(' ')}": there is only "list"; see cekura-logs --help`,
    )
  const plan = {
    agentId: readNumber('agent', values.agent),
    limit: readNumber('limit', values.limit),
  }
  return { name: 'list', plan, table: values.table }
}

/** Runs one command line and returns its exit code. Failures become one sentence on stderr. */
export async function main(args: string[], output: Output): Promise<number> {
  try {
    const command = parseCommand(args)
    if (command.name === 'help') {
      output.stdout.write(help)
      return exitCodes.done
    }
    await runList(createClient(), command.plan, {
      ...output,
      asTable: command.table || output.stdout.isTTY === true,
    })
    return exitCodes.done
  } catch (error) {
    const isUsage = error instanceof UsageError || CekuraError.is(error, 'usage')
    if (!isUsage && !CekuraError.is(error)) throw error
    output.stderr.write(`${error.message}\n`)
    return isUsage ? exitCodes.usage : exitCodes.failed
  }
}
