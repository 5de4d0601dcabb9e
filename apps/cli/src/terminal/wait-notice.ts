import { formatSeconds } from '@cekura-kit/call-format'
import type { CekuraErrorCode } from '@cekura-kit/client'
import type { Err } from './stderr.ts'

const longWaitMs = 5000
const waits: Readonly<Partial<Record<CekuraErrorCode, string>>> = {
  rate_limit: 'Rate limited',
  server: 'Server error',
  timeout: 'Timed out',
}

/** Reports a long retry delay; once for concurrent requests. */
export function createWaitNotice({ note }: Pick<Err, 'note'>, now: () => number) {
  let until = Number.NEGATIVE_INFINITY
  return ({ code, delayMs }: { code: CekuraErrorCode; delayMs: number }): void => {
    if (delayMs < longWaitMs || now() < until) return
    until = now() + delayMs
    const why = waits[code] ?? 'Connection failed'
    note(`${why}; retrying in ${formatSeconds(delayMs / 1000)}.`)
  }
}
