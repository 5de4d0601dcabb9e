import type { CallLog } from '@cekura-kit/client'

/** How many calls there are and how they ended, in one line. */
export function summarizeCalls(calls: readonly CallLog[]): string {
  const count = (...statuses: CallLog['status'][]) =>
    calls.filter(({ status }) => statuses.includes(status)).length
  if (calls.length === 0) return 'No calls.'
  return `${calls.length} ${calls.length === 1 ? 'call' : 'calls'}: ${count('success', 'reviewed_success')} succeeded, ${count('failure', 'reviewed_failure')} failed, ${calls.filter(({ is_reviewed: reviewed }) => reviewed).length} reviewed.`
}
