import type { Finding, Unchecked, ValidatedRequest, Violation } from './violation.ts'

export interface ValidationLog {
  violations(): readonly Violation[]
  unchecked(): readonly Unchecked[]
  addFindings(request: ValidatedRequest, findings: readonly Finding[]): void
  addUnchecked(request: ValidatedRequest, reason: string): void
  clear(): void
}

const warn = (error: unknown): void =>
  process.emitWarning(`A callback of the mock failed: ${String(error)}`)

/** Runs a callback of the user; what it throws or rejects with cannot fail a request. */
function notify<Value>(callback: ((value: Value) => unknown) | undefined, value: Value): void {
  try {
    void Promise.resolve(callback?.(value)).catch(warn)
  } catch (error) {
    warn(error)
  }
}

/** What validation found, in order. */
export function createValidationLog(callbacks: {
  onViolations?: ((found: readonly Violation[]) => unknown) | undefined
  onUnchecked?: ((found: Unchecked) => unknown) | undefined
}): ValidationLog {
  let violations: Violation[] = []
  let unchecked: Unchecked[] = []
  return {
    violations: () => violations,
    unchecked: () => unchecked,
    addFindings(request, findings) {
      if (findings.length === 0) return
      const added = findings.map((finding) => ({ ...request, ...finding }))
      violations.push(...added)
      notify(callbacks.onViolations, added)
    },
    addUnchecked(request, reason) {
      const added = { ...request, reason }
      unchecked.push(added)
      notify(callbacks.onUnchecked, added)
    },
    clear() {
      violations = []
      unchecked = []
    },
  }
}
