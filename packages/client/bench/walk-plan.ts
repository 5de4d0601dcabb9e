import { setImmediate, setTimeout as delay } from 'node:timers/promises'

/** What is walked: `pages` pages in all, of the whole set or of the windows that a range is split into. */
export const pages = 200
export const pageSize = 100
export const windows = 40
export const pagesPerWindow = pages / windows
export const latencyMs = 50
export const start = Date.parse('2024-01-01T00:00:00Z')

/**
 * Resolves so many milliseconds after `begin`, to a tenth: a timer alone is up to two late, which
 * would count as the client's.
 */
export async function waitUntil(begin: number, delayMs: number): Promise<void> {
  const end = begin + delayMs
  await delay(Math.max(0, end - performance.now() - 3))
  while (performance.now() < end) await setImmediate()
}
