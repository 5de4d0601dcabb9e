import { setKeySuggestion } from '../config/api-key.ts'
import type { Context } from '../context.ts'
import type { ExitCode } from '../errors/command-error.ts'
import { describeError } from '../errors/describe-error.ts'
import { withFlag } from '../errors/suggestion.ts'

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

/** Tests the settings, then the API with a request for one call of the agent. */
export async function runChecks(agent: number | undefined, context: Context): Promise<Check[]> {
  const { args, io } = context
  const { signal } = io
  const fix = withFlag(args, '--agent', '<agent-id>')
  const checks: Check[] = []
  let name = 'Settings'
  try {
    const { callLogs } = await context.createClient({ maxRetries: 0 })
    checks.push({ name, status: 'ok', detail: 'base URL and API key can be used' })
    name = 'API'
    if (agent === undefined)
      return [...checks, { name, status: 'skipped', detail: 'skipped (pass --agent)', fix }]
    const start = io.now()
    const { results } = await callLogs.list({ agent_id: agent, page_size: 1 }, { signal })
    checks.push({ name, status: 'ok', detail: `responded in ${io.now() - start} ms` })
    name = 'Access'
    const detail = `0 calls visible for agent ${agent}; check the id`
    checks.push(
      results.length > 0
        ? { name, status: 'ok', detail: `calls of agent ${agent} are visible` }
        : { name, status: 'warning', detail, fix },
    )
  } catch (error) {
    if (signal.aborted) throw error
    const { code, message, suggestion, exitCode } = await describeError(error, args, io.now())
    const better = fixes[code] ?? suggestion
    checks.push({ name, status: 'failed', detail: message, fix: better, exitCode })
  }
  return checks
}
