import type { CekuraErrorCode } from './cekura-error.ts'

export interface AttemptInfo {
  method: string
  /** Path without the query, which can hold identifiers. */
  path: string
  /** Number of the call in this client, the same for all its attempts. */
  call: number
  /** Counted from 1. */
  attempt: number
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

/** Calls one hook; a broken hook must not break the call it watches. */
export function notify<Name extends keyof Hooks>(
  hooks: Hooks,
  name: Name,
  info: Parameters<NonNullable<Hooks[Name]>>[0],
): void {
  try {
    ;(hooks[name] as ((info: unknown) => void) | undefined)?.(info)
  } catch {
    // See above.
  }
}
