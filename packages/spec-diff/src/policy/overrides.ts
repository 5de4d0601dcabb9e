import { printEdit } from '../output/format-diff.ts'
import { bumps, type Bump } from './bump.ts'
import type { Change } from './classify.ts'
import type { DecisionList } from './decisions.ts'

/** A change that people classified otherwise, until the next release. */
export interface Override {
  /** What was edited, as `edit` of `spec-diff --json`. */
  edit: string
  location: string
  /** Both sides as the report prints them, so that other values need a new decision. */
  values: string
  from: Bump
  to: Bump
  reason: string
}

/** Accepted exceptions from the policy. */
export const overrideList: DecisionList<Override> = {
  file: 'spec/overrides.json',
  keys: ['edit', 'location', 'values', 'from', 'to', 'reason'],
  isValid: ({ from, to }) => bumps.includes(from) && bumps.includes(to),
}

/** Whether an override lets a break out below major. */
export const demotesMajor = (overrides: readonly Override[]): boolean =>
  overrides.some(({ from, to }) => from === 'major' && to !== 'major')

/**
 * Applies overrides to classified changes.
 *
 * @returns the changes, and every override that matches no change
 */
export function applyOverrides(
  changes: readonly Change[],
  overrides: readonly Override[],
): { changes: Change[]; unused: Override[] } {
  const matches = (change: Change, override: Override): boolean =>
    change.edit === override.edit &&
    change.location === override.location &&
    change.bump === override.from &&
    printEdit(change) === override.values
  return {
    changes: changes.map((change) => {
      const override = overrides.find((entry) => matches(change, entry))
      if (!override) return change
      return {
        ...change,
        bump: override.to,
        breaking: override.to === 'major',
        reason: `override: ${override.reason}`,
      }
    }),
    unused: overrides.filter((override) => !changes.some((change) => matches(change, override))),
  }
}
