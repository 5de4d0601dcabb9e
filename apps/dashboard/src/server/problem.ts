import { CekuraError } from '@cekura-kit/client'
import type { Problem } from '../shared/dashboard-api.ts'
import { BusyError } from './range-cache.ts'

const messages: Record<string, readonly [title: string, fix: string]> = {
  authentication: [
    'API key rejected',
    'Set CEKURA_API_KEY to a valid key and restart the dashboard.',
  ],
  permission: [
    'This key has no access to this agent',
    'Check the agent ID, or use a key of the project it belongs to.',
  ],
  rate_limit: ['Rate limit reached', 'Wait, then try again.'],
  bad_request: ['Request rejected (400)', 'Check the agent ID and the time range.'],
  not_found: ['Not found', 'Check the agent ID.'],
  timeout: ['The API timed out', 'Try again, or choose a shorter time range.'],
  connection: ['Cannot reach the API', 'Check the network and CEKURA_API_URL.'],
}

/** An error for the user, without a key, a body or a header. */
export function toProblem(error: unknown): Problem {
  if (error instanceof BusyError)
    return {
      code: 'busy',
      title: 'The dashboard is busy',
      fix: 'Other time ranges are loading. Try again in a moment.',
    }
  if (!CekuraError.is(error))
    return { code: 'internal', title: 'Dashboard error', fix: 'Check the server log.' }
  const status = error.status === undefined ? '' : ` (${error.status})`
  const [title, fix] = messages[error.code] ?? [
    `The API returned an error${status}`,
    'Try again in a moment.',
  ]
  const { code, retryAfterMs } = error
  return { code, title, fix, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** The status for the browser: never 401 or 403, which are about the rights of its user. */
export const statusOf = ({ code }: Problem): 400 | 429 | 500 | 502 | 504 =>
  code === 'internal'
    ? 500
    : code === 'rate_limit' || code === 'busy'
      ? 429
      : code === 'bad_request' || code === 'usage'
        ? 400
        : code === 'timeout'
          ? 504
          : 502
