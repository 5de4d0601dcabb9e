import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SpecError } from '@cekura-kit/spec'
import { bumps, type Bump, type Change } from './change.ts'

/** Where accepted exceptions from the policy lie, relative to the repository. */
export const overridesFile = 'spec/overrides.json'

/** One verdict of the policy that people decided otherwise, until the next release. */
export interface Override {
  kind: string
  location: string
  from: Bump
  to: Bump
  reason: string
}

const keys = ['kind', 'location', 'from', 'to', 'reason'] as const

/**
 * Reads the overrides, none when there is no file.
 *
 * @throws {SpecError} when the file is not a list of complete overrides
 */
export async function readOverrides(root: string): Promise<Override[]> {
  const text = await readFile(join(root, overridesFile), 'utf8').catch(() => '[]')
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch (error) {
    throw new SpecError(`Cannot parse ${overridesFile}: ${(error as Error).message}; correct it`, {
      cause: error,
    })
  }
  const complete = (entry: Partial<Override>): boolean =>
    keys.every((key) => typeof entry[key] === 'string' && entry[key].trim() !== '') &&
    bumps.includes(entry.from!) &&
    bumps.includes(entry.to!)
  const bad = Array.isArray(list) ? list.findIndex((entry) => !complete(entry ?? {})) : 0
  if (bad >= 0)
    throw new SpecError(
      `Cannot use entry ${bad + 1} of ${overridesFile}: an override has ${keys.join(', ')}, all of them text, and bumps as from and to; complete it`,
    )
  return list as Override[]
}

/** A release makes every override history. */
export async function clearOverrides(root: string): Promise<void> {
  if ((await readOverrides(root)).length > 0) await writeFile(join(root, overridesFile), '[]\n')
}

/**
 * Applies overrides to judged changes.
 *
 * @returns the changes, and every override that matches none of them
 */
export function applyOverrides(
  changes: readonly Change[],
  overrides: readonly Override[],
): { changes: Change[]; unused: Override[] } {
  const matches = (change: Change, override: Override): boolean =>
    change.kind === override.kind &&
    change.location === override.location &&
    change.bump === override.from
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
