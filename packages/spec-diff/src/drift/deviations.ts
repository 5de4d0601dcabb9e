import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SpecError } from '@cekura-kit/spec'

/** Accepted differences from upstream, relative to the repository. */
export const deviationsFile = 'spec/deviations.json'

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

const keys = ['edit', 'location', 'hash', 'reason', 'accepted'] as const

export const isSame = (a: DriftId, b: DriftId): boolean =>
  a.edit === b.edit && a.location === b.location && a.hash === b.hash

/** @throws {SpecError} when the file is not a list of complete entries */
export async function readDeviations(root: string): Promise<Deviation[]> {
  const text = await readFile(join(root, deviationsFile), 'utf8').catch(() => '[]')
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    list = undefined
  }
  const bad = Array.isArray(list)
    ? list.findIndex(
        (entry: Partial<Deviation> | null) =>
          !keys.every((key) => typeof entry?.[key] === 'string' && entry[key] !== ''),
      )
    : 0
  if (bad >= 0)
    throw new SpecError(
      `Invalid entry ${bad + 1} of ${deviationsFile}: expected ${keys.join(', ')} (strings).`,
    )
  return list as Deviation[]
}

/** Writes the list, sorted so that a review shows only what changed. */
export async function writeDeviations(root: string, list: readonly Deviation[]): Promise<void> {
  const entries = list.toSorted((a, b) =>
    [a.location, a.edit, a.hash].join(' ') < [b.location, b.edit, b.hash].join(' ') ? -1 : 1,
  )
  const plain = entries.map((entry) => Object.fromEntries(keys.map((key) => [key, entry[key]])))
  await writeFile(join(root, deviationsFile), `${JSON.stringify(plain, null, 2)}\n`)
}
