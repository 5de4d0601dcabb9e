import type { DecisionList } from '../policy/decisions.ts'

/** What identifies a difference: the edit, where it is, and a hash of both sides. */
export interface DriftId {
  edit: string
  location: string
  /** Hash of the values that the report prints; another value needs a new decision. */
  hash: string
}

/** A difference from upstream that people accepted. */
export interface Deviation extends DriftId {
  reason: string
  /** Day of the decision, such as `2026-11-30`. */
  accepted: string
}

/** Accepted differences from upstream. */
export const deviationList: DecisionList<Deviation> = {
  file: 'spec/deviations.json',
  keys: ['edit', 'location', 'hash', 'reason', 'accepted'],
  isValid: ({ accepted }) => /^\d{4}-\d{2}-\d{2}$/.test(accepted),
}

export const isSame = (a: DriftId, b: DriftId): boolean =>
  a.edit === b.edit && a.location === b.location && a.hash === b.hash
