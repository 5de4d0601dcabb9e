import { maskNumber } from './mask-number.ts'

/** How to handle personal data. */
export type PiiRule = 'keep' | 'mask' | 'hash' | 'drop'

/** Fields that identify the caller or contain what was said. */
export const personalFields = [
  'customer_number',
  'feedback',
  'transcript',
  'transcript_object',
] as const
const fields = new Set<string>(personalFields)

/**
 * A call log with its personal fields unmasked, masked, replaced by a hash or left out. Null and
 * empty fields stay.
 *
 * @param hash of a string; only the rule `hash` calls it
 */
export function hidePersonalData<Call extends object>(
  call: Call,
  rule: PiiRule,
  hash: (text: string) => string,
): Partial<Call> {
  if (rule === 'keep') return call
  return Object.fromEntries(
    Object.entries(call).flatMap(([name, value]): [string, unknown][] => {
      if (!fields.has(name) || value === null || value === '') return [[name, value]]
      if (rule === 'drop') return []
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      if (rule === 'hash') return [[name, hash(text)]]
      return [[name, name === 'customer_number' ? maskNumber(text) : '[masked]']]
    }),
  ) as Partial<Call>
}
