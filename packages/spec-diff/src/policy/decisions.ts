import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SpecError } from '@cekura-kit/spec'

/** A decision about an edit at one place: an object of strings. */
interface DecisionBase {
  edit: string
  location: string
  reason: string
}

/** A committed list of decisions. */
export interface DecisionList<Decision> {
  /** Relative to the repository. */
  file: string
  /** Every key of a decision, in the order of the file. */
  keys: readonly (keyof Decision & string)[]
  isValid?(decision: Decision): boolean
}

/**
 * Reads the decisions; an empty list without a file.
 *
 * @throws {SpecError} when the file is not a list of complete decisions
 */
export async function readDecisions<Decision extends DecisionBase>(
  root: string,
  { file, keys, isValid = () => true }: DecisionList<Decision>,
): Promise<Decision[]> {
  const text = await readFile(join(root, file), 'utf8').catch(() => '[]')
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch (cause) {
    throw new SpecError(`${file} is not valid JSON: ${(cause as Error).message}`, { cause })
  }
  const isComplete = (entry: Decision | null): boolean =>
    keys.every((key) => typeof entry?.[key] === 'string') &&
    entry!.reason.trim() !== '' &&
    isValid(entry!)
  const bad = Array.isArray(list) ? list.findIndex((entry) => !isComplete(entry as Decision)) : 0
  if (bad >= 0)
    throw new SpecError(
      `Invalid entry ${bad + 1} of ${file}: expected ${keys.join(', ')} (strings).`,
    )
  return list as Decision[]
}

/** Writes the decisions, sorted so that a review shows only what changed. */
export async function writeDecisions<Decision extends DecisionBase>(
  root: string,
  { file, keys }: DecisionList<Decision>,
  decisions: readonly Decision[],
): Promise<void> {
  const place = ({ location, edit }: Decision): string => `${location} ${edit}`
  const sorted = decisions.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
  const plain = sorted.map((one) => Object.fromEntries(keys.map((key) => [key, one[key]])))
  await writeFile(join(root, file), `${JSON.stringify(plain, null, 2)}\n`)
}
