import { setKeySuggestion } from '../config/api-key.ts'
import { readBaseUrl, type Context } from '../context.ts'
import type { ExitCode } from '../errors/command-error.ts'
import { describeError } from '../errors/describe-error.ts'
import { withFlag } from '../errors/suggestion.ts'
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

const setUrl = 'export CEKURA_API_URL=https://api.cekura.ai  # if the base URL is not the API'

/** Suggestions where other commands refer to this one. */
const fixes: Readonly<Record<string, string>> = {
  authentication: `${setKeySuggestion}  # with a valid key`,
  permission: `${setKeySuggestion}  # with a key that has access to this agent`,
  not_found: setUrl,
  api: setUrl,
  invalid_response: setUrl,
  connection: 'cekura-logs help environment',
}

async function failed(name: string, error: unknown, { args, io }: Context): Promise<Check> {
  if (io.signal.aborted) throw error
  const { code, message, suggestion, exitCode } = await describeError(error, args, io.now())
  return { name, status: 'failed', detail: message, fix: fixes[code] ?? suggestion, exitCode }
}

/** Requests one call. */
async function checkAccess(
  client: Awaited<ReturnType<Context['createClient']>>,
  agent: number | undefined,
  { args, io }: Context,
): Promise<Check[]> {
  const fix = withFlag(args, '--agent', '<agent-id>')
  if (agent === undefined)
    return [{ name: 'API', status: 'skipped', detail: 'skipped (pass --agent)', fix }]
  const start = io.now()
  const { signal } = io
  const { results } = await client.callLogs.list({ agent_id: agent, page_size: 1 }, { signal })
  const detail = `0 calls visible for agent ${agent}; check the id`
  return [
    { name: 'API', status: 'ok', detail: `responded in ${io.now() - start} ms` },
    results.length > 0
      ? { name: 'Access', status: 'ok', detail: `calls of agent ${agent} are visible` }
      : { name: 'Access', status: 'warning', detail, fix },
  ]
}

/** Checks base URL, key and API in this order, and stops where the next needs the last. */
export async function runChecks(agent: number | undefined, context: Context): Promise<Check[]> {
  const { config } = context.sources
  const file = config.exists ? shortPath(config.path) : 'none (optional)'
  const checks: Check[] = [{ name: 'Config file', status: 'ok', detail: file }]
  let name = 'Base URL'
  try {
    checks.push({ name, status: 'ok', detail: new URL(readBaseUrl(context.options)).origin })
    name = 'API key'
    const client = await context.createClient({ maxRetries: 0 })
    checks.push({ name, status: 'ok', detail: 'set' })
    name = 'API'
    checks.push(...(await checkAccess(client, agent, context)))
  } catch (error) {
    checks.push(await failed(name, error, context))
  }
  return checks
}
