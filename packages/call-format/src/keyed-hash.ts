import { createHmac } from 'node:crypto'

/**
 * A hash for {@link hidePersonalData}: equal texts stay equal under one key, and nobody without the
 * key can try numbers out. Needs Node's crypto, and so is not part of the package's main entry.
 *
 * @returns 32 hex digits of an HMAC with SHA-256
 */
export const createKeyedHash =
  (key: string): ((text: string) => string) =>
  (text) =>
    createHmac('sha256', key).update(text).digest('hex').slice(0, 32)
