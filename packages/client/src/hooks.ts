import type { CekuraErrorCode } from './cekura-error.ts'

export interface AttemptInfo {
  method: string
  /** Path without the query, which can hold identifiers. */
  path: string
  /** Number of the call in this client, the same for all its attempts. */
  call: number
  /** Requests sent for the call, this one included. */
  attempts: number
}

/** Told about attempts, for logs, metrics and spans. What a hook throws is ignored. */
export interface Hooks {
  onRequest?(info: AttemptInfo): void
  onResponse?(
    info: AttemptInfo & { status: number; durationMs: number; requestId: string | undefined },
  ): void
  onRetry?(info: AttemptInfo & { code: CekuraErrorCode; delayMs: number }): void
  /** The call has failed for good. */
  onError?(info: AttemptInfo & { code: CekuraErrorCode; status: number | undefined }): void
}
