import type { CekuraErrorCode } from './errors/cekura-error.ts'

export interface AttemptInfo {
  method: string
  /** Path template, without values and query: both can contain identifiers. */
  path: string
  /** Number of the call in this client, the same for all its attempts. */
  call: number
  /** Requests sent for the call, including this one. */
  attempts: number
}

/**
 * Functions that observe attempts, for logs, metrics and spans. They get metadata only, never a
 * header or a body. What a hook throws, or rejects with, is ignored.
 */
export interface Hooks {
  onRequest?(info: AttemptInfo): void | Promise<void>
  onResponse?(
    info: AttemptInfo & { status: number; durationMs: number; requestId: string | undefined },
  ): void | Promise<void>
  onRetry?(info: AttemptInfo & { code: CekuraErrorCode; delayMs: number }): void | Promise<void>
  /** The call failed for good. Called once per failed call, whichever part of it failed. */
  onError?(
    info: AttemptInfo & { code: CekuraErrorCode; status: number | undefined },
  ): void | Promise<void>
}
