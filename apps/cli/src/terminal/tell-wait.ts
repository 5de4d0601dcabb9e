import type { CekuraErrorCode } from '@cekura-kit/client'
import type { Err } from './err.ts'
import { formatSeconds } from './progress.ts'

const longWaitMs = 5000
const waits: Readonly<Partial<Record<CekuraErrorCode, string>>> = {
  rate_limit: 'The service asks to wait',
  server: 'The service fails',
  timeout: 'The service does not answer in time',
}

/** Says why nothing happens for a while; once where several requests wait together. */
export function createWaitTeller({ note }: Pick<Err, 'note'>, now: () => number) {
  let until = Number.NEGATIVE_INFINITY
  return ({ code, delayMs }: { code: CekuraErrorCode; delayMs: number }): void => {
    if (delayMs < longWaitMs || now() < until) return
    until = now() + delayMs
    const why = waits[code] ?? 'The service cannot be reached'
    note(`${why}; going on in ${formatSeconds(delayMs / 1000)}.`)
  }
}
