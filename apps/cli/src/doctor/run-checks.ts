import type { CekuraClient } from '@cekura-kit/client'
import { defaultBaseUrl } from '@cekura-kit/types'
import { setKeySuggestion } from '../config/api-key.ts'
import { readBaseUrl, type Context } from '../context.ts'
import { exitCodes, type ExitCode } from '../errors/command-error.ts'
import { describeError } from '../errors/describe-error.ts'
import { doctorCommand, withFlag } from '../errors/suggestion.ts'
import type { ServiceFetch } from '../service-fetch.ts'
import { shortPath } from './read-settings.ts'

export interface Check {
  name: string
  status: 'ok' | 'failed' | 'warning' | 'skipped'
  /** What was found. */
  detail: string
  /** What to do, if something is to be done. */
  fix?: string
  exitCode?: ExitCode
}

/** Relative times and rate limit delays use this machine's clock. */
const maxSkewMs = 60_000

const setUrl = `export CEKURA_API_URL=${defaultBaseUrl}`

/** Suggestions where other commands only refer to this one. */
const fixes: Readonly<Record<string, (origin: string, agent: number | undefined) => string>> = {
  authentication: () => `${setKeySuggestion}  # with a valid key`,
  permission: (_origin, agent) =>
    `${setKeySuggestion}  # with a key that has access to agent ${agent}`,
  not_found: (origin, agent) =>
    `${setUrl}  # if ${origin} is not the API, or agent ${agent} does not exist`,
  api: (origin) => `${setUrl}  # if ${origin} is not the API`,
  invalid_response: (origin) => `${setUrl}  # if ${origin} is not the API`,
  connection: (origin) =>
    `curl -sSI ${origin}  # shows whether host, port and network are available`,
}

const agentOf = ({ command }: Context): number | undefined =>
  command.opts<{ agent?: number }>().agent

async function failed(name: string, error: unknown, context: Context, origin = ''): Promise<Check> {
  const { code, message, suggestion, exitCode } = await describeError(error, context.args)
  const isDoctor = ['cekura-logs doctor', doctorCommand(context.args)].includes(
    suggestion.split('  # ')[0]!,
  )
  // A certificate error has its own suggestion.
  const own = suggestion.startsWith('NODE_') ? undefined : fixes[code]?.(origin, agentOf(context))
  const other = isDoctor ? 'cekura-logs help environment' : suggestion
  return { name, status: 'failed', detail: message, fix: own ?? other, exitCode }
}

async function checkSettings(context: Context): Promise<Check[]> {
  const { problems, config } = context
  const name = 'Config file'
  if (problems.length > 0)
    return Promise.all(problems.map((problem) => failed(name, problem, context)))
  const detail = config.exists ? shortPath(config.path) : 'none (optional)'
  return [{ name, status: 'ok', detail }]
}

function checkClock(date: string | null, now: number): Check {
  const skewMs = Math.abs(now - Date.parse(date ?? ''))
  const name = 'Clock'
  if (Number.isNaN(skewMs))
    return { name, status: 'skipped', detail: 'the response has no Date header' }
  const detail = `${Math.round(skewMs / 1000)} s skew`
  return skewMs <= maxSkewMs
    ? { name, status: 'ok', detail }
    : { name, status: 'warning', detail, fix: 'date -u  # compare, and set the clock' }
}

async function checkService(
  client: CekuraClient,
  context: Context,
  seen: { date: string | null },
): Promise<Check[]> {
  const agent = agentOf(context)
  const { origin } = new URL(readBaseUrl(context))
  if (agent === undefined) {
    const fix = withFlag(context.args, '--agent', '<agent-id>')
    return [{ name: 'API', status: 'skipped', detail: 'skipped (pass --agent)', fix }]
  }
  const { now, signal } = context.io
  const start = now()
  try {
    const { results } = await client.callLogs.list({ agent_id: agent, page_size: 1 }, { signal })
    return [
      { name: 'API', status: 'ok', detail: `${origin} responded in ${now() - start} ms` },
      results.length > 0
        ? { name: 'Access', status: 'ok', detail: `calls of agent ${agent} are visible` }
        : {
            name: 'Access',
            status: 'warning',
            detail: `0 calls visible for agent ${agent}; check the id`,
            fix: withFlag(context.args, '--agent', '<agent-id>'),
          },
      checkClock(seen.date, now()),
    ]
  } catch (error) {
    if (signal.aborted) throw error
    const check = await failed('API', error, context, origin)
    return seen.date === null ? [check] : [check, checkClock(seen.date, now())]
  }
}

/** Checks settings, base URL, key and API in this order, and stops where the next needs the last. */
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
    checks.push({ name: 'Base URL', status: 'ok', detail: new URL(readBaseUrl(context)).origin })
  } catch (error) {
    return [...checks, await failed('Base URL', error, context)]
  }
  let client: CekuraClient
  try {
    client = await context.createClient({ maxRetries: 0, wrapFetch: listen })
  } catch (error) {
    return [...checks, await failed('API key', error, context)]
  }
  checks.push({ name: 'API key', status: 'ok', detail: 'set' })
  return [...checks, ...(await checkService(client, context, seen))]
}

/** The code of the first failure. */
export const exitCodeOf = (checks: readonly Check[]): ExitCode =>
  checks.find(({ status }) => status === 'failed')?.exitCode ?? exitCodes.done
