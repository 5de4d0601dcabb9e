import { CekuraError } from '@cekura-kit/client'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Problem } from '../shared/dashboard-api.ts'

/** A request that the dashboard rejects, and what the user sees. */
export class Rejection extends Error {
  readonly status: ContentfulStatusCode
  readonly problem: Problem

  constructor(status: ContentfulStatusCode, code: string, title: string, fix: string) {
    super(title)
    this.status = status
    this.problem = { code, title, fix }
  }
}

/** By the code of the client's error. The status is never 401 or 403, which are about the rights of the user. */
const failures: Record<
  string,
  readonly [status: ContentfulStatusCode, title: string, fix: string]
> = {
  authentication: [
    502,
    'API key rejected',
    'Set CEKURA_API_KEY to a valid key and restart the dashboard.',
  ],
  permission: [
    502,
    'This key has no access to this agent',
    'Check the agent ID, or use a key of the project it belongs to.',
  ],
  rate_limit: [429, 'Rate limit reached', 'Wait, then try again.'],
  bad_request: [400, 'Request rejected (400)', 'Check the agent ID and the time range.'],
  not_found: [502, 'Not found', 'Check the agent ID.'],
  timeout: [504, 'The API timed out', 'Try again, or choose a shorter time range.'],
  connection: [502, 'Cannot reach the API', 'Check the network and CEKURA_API_URL.'],
}

/** An error for the user, without a key, a body or a header. */
export function toRejection(error: unknown): Pick<Rejection, 'status' | 'problem'> {
  if (error instanceof Rejection) return error
  if (!CekuraError.is(error))
    return new Rejection(500, 'internal', 'Dashboard error', 'Check the server log.')
  const { code, retryAfterMs } = error
  const given = error.status === undefined ? '' : ` (${error.status})`
  const [status, title, fix] = failures[code] ?? [
    502,
    `The API returned an error${given}`,
    'Try again in a moment.',
  ]
  return {
    status,
    problem: { code, title, fix, ...(retryAfterMs !== undefined && { retryAfterMs }) },
  }
}
