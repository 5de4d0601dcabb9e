import { createHmac } from 'node:crypto'

/**
 * A hash for `hidePersonalData`: equal strings have equal hashes under one key, and without the key
 * numbers cannot be tried out. It needs Node's crypto, so it has a separate entry point.
 *
 * @returns 32 hex digits of an HMAC with SHA-256
 */
export const createKeyedHash =
  (key: string): ((text: string) => string) =>
  (text) =>
    createHmac('sha256', key).update(text).digest('hex').slice(0, 32)
