import { SpecError } from '@cekura-kit/spec'
import type { Deviation } from './deviations.ts'
import type { DriftReport } from './find-drift.ts'

/**
 * Deviations with some of a report's differences added.
 *
 * @param hashes of the differences to accept; `all` accepts each
 * @param accepted day of the decision
 * @throws {SpecError} when a hash is not in the report, or the reason is empty
 */
export function acceptDrift(
  deviations: readonly Deviation[],
  { drift, prose }: DriftReport,
  hashes: readonly string[],
  reason: string,
  accepted: string,
): Deviation[] {
  if (reason.trim() === '') throw new SpecError('Missing --reason. Say why the difference stays.')
  const open = [...drift, ...prose]
  const unknown = hashes.find((hash) => hash !== 'all' && !open.some((item) => item.hash === hash))
  if (unknown !== undefined)
    throw new SpecError(`No open difference has the hash "${unknown}". Run drift without --accept.`)
  const chosen = open.filter(({ hash }) => hashes.includes('all') || hashes.includes(hash))
  return [
    ...deviations,
    ...chosen.map(({ edit, location, hash }) => ({ edit, location, hash, reason, accepted })),
  ]
}
