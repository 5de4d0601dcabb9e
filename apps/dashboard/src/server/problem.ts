import { CekuraError } from '@cekura-kit/client'
import type { Problem } from '../shared/dashboard-api.ts'
import { BusyError } from './window-cache.ts'

const words: Record<string, readonly [title: string, fix: string]> = {
  authentication: [
    'The service does not know the API key',
    'Set CEKURA_API_KEY to a valid key and restart the dashboard.',
  ],
  permission: [
    'The API key may not read this agent',
    'Check the agent number, or use a key of the project it belongs to.',
  ],
  rate_limit: ['The plan’s rate limit is used up', 'Wait, then try again.'],
  bad_request: ['The service refused the request', 'Check the agent number and the time range.'],
  timeout: ['The service took too long', 'Try again, or choose a shorter time range.'],
  connection: ['The service cannot be reached', 'Check the network and CEKURA_API_URL.'],
}

/** A failure in words that hold no key, no body and no header. */
export function toProblem(error: unknown): Problem {
  if (error instanceof BusyError)
    return {
      code: 'busy',
      title: 'The dashboard is busy',
      fix: 'Other time ranges are being loaded. Try again in a moment.',
    }
  if (!CekuraError.is(error))
    return { code: 'internal', title: 'The dashboard failed', fix: 'Look at its log.' }
  const [title, fix] = words[error.code] ?? ['The service failed', 'Try again in a moment.']
  const { code, retryAfterMs } = error
  return { code, title, fix, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** What the browser gets for it: never 401 or 403, which would speak of its own rights. */
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
