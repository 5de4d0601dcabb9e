import type { CekuraError } from '../errors/cekura-error.ts'
import { describeErrorResponse } from '../errors/error-from-response.ts'
import { retryAfterMs } from '../retry-after.ts'
import type { Runtime } from '../runtime.ts'
import type { CallLimits } from '../settings/client-options.ts'
import type { WireResponse } from './attempt.ts'
import type { Failures } from './failures.ts'

const redirectStatuses = new Set([301, 302, 303, 307, 308])
/** A browser hides the status of a redirect behind this one. */
const opaqueStatus = 0
const mebibyte = 2 ** 20

/** A response, an error, or an error with the response it came from. */
export interface AttemptResult {
  response?: WireResponse
  error?: CekuraError
}

const formatBytes = (bytes: number): string =>
  bytes % mebibyte === 0 ? `${bytes / mebibyte} MiB` : `${bytes} bytes`

/** What a whole response means: a success, an error status, or a response that cannot be used. */
export function classifyResponse(
  response: WireResponse,
  { limits, failures, runtime }: { limits: CallLimits; failures: Failures; runtime: Runtime },
): AttemptResult {
  const { status, statusText, isCut, text, headers } = response
  if (status >= 200 && status < 300) {
    if (!isCut) return { response }
    const limit = limits.maxResponseBytes
    return {
      error: failures.invalidResponse(
        'response_too_large',
        { limit },
        `Response exceeds maxResponseBytes (${formatBytes(limit)}). Lower page_size or raise the limit.`,
      ),
    }
  }
  if (redirectStatuses.has(status) || status === opaqueStatus)
    return {
      error: failures.create('api', 'redirect', { status }, 'Unexpected redirect. Check baseUrl.'),
    }
  const { code, message, fields, body } = describeErrorResponse(status, statusText, text)
  const error = failures.create(code, 'error_status', { status, fields }, message, {
    body,
    retryAfterMs: retryAfterMs(headers, runtime.now()),
  })
  return { response, error }
}
