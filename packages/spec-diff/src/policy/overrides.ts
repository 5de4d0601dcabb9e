import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SpecError } from '@cekura-kit/spec'
import { printEdit } from '../output/format-diff.ts'
import { bumps, type Bump } from './bump.ts'
import type { Change } from './classify.ts'

/** Accepted exceptions from the policy, relative to the repository. */
export const overridesFile = 'spec/overrides.json'

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

const keys = ['edit', 'location', 'values', 'from', 'to', 'reason'] as const

const isComplete = (entry: Partial<Override>): boolean =>
  keys.every(
    (key) => typeof entry[key] === 'string' && (key === 'values' || entry[key].trim() !== ''),
  ) &&
  bumps.includes(entry.from!) &&
  bumps.includes(entry.to!)

/**
 * Reads the overrides; an empty list without a file.
 *
 * @throws {SpecError} when the file is not a list of complete overrides
 */
export async function readOverrides(root: string): Promise<Override[]> {
  const text = await readFile(join(root, overridesFile), 'utf8').catch(() => '[]')
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch (error) {
    throw new SpecError(`${overridesFile} is not valid JSON: ${(error as Error).message}`, {
      cause: error,
    })
  }
  const bad = Array.isArray(list)
    ? list.findIndex((entry) => !isComplete((entry ?? {}) as Partial<Override>))
    : 0
  if (bad >= 0)
    throw new SpecError(
      `Invalid entry ${bad + 1} of ${overridesFile}: expected ${keys.join(', ')} (strings; from and to are bumps).`,
    )
  return list as Override[]
}

/** Empties the list: a release makes every override history. */
export async function clearOverrides(root: string): Promise<void> {
  if ((await readOverrides(root)).length > 0) await writeFile(join(root, overridesFile), '[]\n')
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
