import { createHmac } from 'node:crypto'
import type { CallLog } from '@cekura-kit/client'

export const piiRules = ['keep', 'mask', 'hash', 'drop'] as const
export type PiiRule = (typeof piiRules)[number]

const fields = new Set(['customer_number', 'feedback', 'transcript', 'transcript_object'])

/**
 * A call with its personal fields kept, masked, replaced by a keyed hash (equal values stay equal
 * within one export) or left out.
 */
export function hidePersonalData(call: CallLog, rule: PiiRule, salt: string): object {
  if (rule === 'keep') return call
  return Object.fromEntries(
    Object.entries(call).flatMap(([name, value]): [string, unknown][] => {
      if (!fields.has(name) || value === null || value === '') return [[name, value]]
      if (rule === 'drop') return []
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      if (rule === 'hash')
        return [[name, createHmac('sha256', salt).update(text).digest('hex').slice(0, 32)]]
      // The last digits tell numbers apart for a person who knows them.
      return [[name, name === 'customer_number' ? `…${text.slice(-2)}` : '[masked]']]
    }),
  )
}
