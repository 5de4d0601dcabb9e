import type { CekuraClient } from '@cekura-kit/client'
import { defaultBaseUrl } from '@cekura-kit/types'
import { exitCodes, type ExitCode } from '../command-error.ts'
import { readBaseUrl, type Context } from '../context.ts'
import type { ServiceFetch } from '../service-fetch.ts'
import { shortPath } from './read-settings.ts'
import { describeError } from '../describe-error.ts'
import { writeDoctor } from '../write-command.ts'

export interface Check {
  name: string
  status: 'ok' | 'failed' | 'warning' | 'skipped'
  /** What was found. */
  detail: string
  /** What to do; only where something is to be done. */
  fix?: string
  exitCode?: ExitCode
}

/** Times like `7d` and the wait that a rate limit asks for go by this machine's clock. */
const maxSkewMs = 60_000

const setKey = 'export CEKURA_API_KEY="$(cat ~/.cekura-key)"'
const setUrl = `export CEKURA_API_URL=${defaultBaseUrl}`

/** The way out where other commands only name this one. */
const fixes: Readonly<Record<string, (origin: string, agent: number | undefined) => string>> = {
  authentication: () => `${setKey}  # with a valid key in the file`,
  permission: (_origin, agent) => `${setKey}  # with a key that may read agent ${agent}`,
  not_found: (origin, agent) =>
    `${setUrl}  # if ${origin} is not the service, or agent ${agent} not there`,
  api: (origin) => `${setUrl}  # if ${origin} is not the service`,
  invalid_response: (origin) => `${setUrl}  # if ${origin} is not the service`,
  connection: (origin) => `curl -sSI ${origin}  # tells whether name, port and network are there`,
}

async function failed(name: string, error: unknown, context: Context, origin = ''): Promise<Check> {
  const { code, message, fix, exitCode } = await describeError(
    error,
    context.args,
    context.command.parent!,
  )
  // A certificate has a way out of its own; this command is none.
  const isOwn = ['cekura-logs doctor', writeDoctor(context.args)].includes(fix.split('  # ')[0]!)
  const own = fix.startsWith('NODE_') ? undefined : fixes[code]?.(origin, agentOf(context))
  const other = isOwn ? 'cekura-logs help environment' : fix
  return { name, status: 'failed', detail: message, fix: own ?? other, exitCode }
}

const agentOf = ({ command }: Context): number | undefined => command.opts()['agent'] as never

async function checkSettings(context: Context): Promise<Check[]> {
  const { problems, config } = context
  if (problems.length === 0) {
    const detail = config.isThere
      ? 'the file and the variables can be used'
      : `there is no file ${shortPath(config.path)}`
    return [{ name: 'configuration', status: 'ok', detail }]
  }
  return Promise.all(problems.map((problem) => failed('configuration', problem, context)))
}

function checkClock(date: string | null, now: number): Check {
  const skewMs = Math.abs(now - Date.parse(date ?? ''))
  const name = 'clock'
  if (Number.isNaN(skewMs))
    return { name, status: 'skipped', detail: 'the answer has no Date to compare with' }
  const seconds = `${Math.round(skewMs / 1000)} s from the service's`
  return skewMs <= maxSkewMs
    ? { name, status: 'ok', detail: seconds }
    : {
        name,
        status: 'warning',
        detail: seconds,
        fix: 'date -u  # to be compared; set the clock of this machine',
      }
}

async function askService(
  client: CekuraClient,
  context: Context,
  seen: { date: string | null },
): Promise<Check[]> {
  const agent = agentOf(context)
  const origin = new URL(readBaseUrl(context)).origin
  if (agent === undefined)
    return [
      {
        name: 'service',
        status: 'skipped',
        detail: 'not asked: a question to the service needs an agent',
        fix: 'cekura-logs doctor --agent 2142  # with an agent of yours',
      },
    ]
  const { now, signal } = context.io
  const start = now()
  try {
    await client.callLogs.list({ agent_id: agent, page_size: 1 }, { signal })
    return [
      { name: 'service', status: 'ok', detail: `${origin} answered in ${now() - start} ms` },
      { name: 'access', status: 'ok', detail: `the key may read the calls of agent ${agent}` },
      checkClock(seen.date, now()),
    ]
  } catch (error) {
    if (signal.aborted) throw error
    const check = await failed('service', error, context, origin)
    return seen.date === null ? [check] : [check, checkClock(seen.date, now())]
  }
}

/** Looks at settings, key, address and service, one after the other; what cannot be asked is not. */
export async function runChecks(context: Context): Promise<Check[]> {
  const checks = await checkSettings(context)
  const seen: { date: string | null } = { date: null }
  const listen =
    (fetch: ServiceFetch): ServiceFetch =>
    async (url, init) => {
      const response = await fetch(url, init)
      seen.date = response.headers.get('date')
      return response
    }
  try {
    const { origin } = new URL(readBaseUrl(context))
    checks.push({ name: 'address', status: 'ok', detail: `the key may be sent to ${origin}` })
  } catch (error) {
    return [...checks, await failed('address', error, context)]
  }
  let client: CekuraClient
  try {
    client = await context.createClient({ maxRetries: 0, wrapFetch: listen })
  } catch (error) {
    return [...checks, await failed('key', error, context)]
  }
  checks.push({ name: 'key', status: 'ok', detail: 'there is one that can be sent' })
  return [...checks, ...(await askService(client, context, seen))]
}

/** The code of the first failure. */
export const exitCodeOf = (checks: readonly Check[]): ExitCode =>
  checks.find(({ status }) => status === 'failed')?.exitCode ?? exitCodes.done
