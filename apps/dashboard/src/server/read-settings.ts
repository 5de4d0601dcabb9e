import { defaultBaseUrl } from '@cekura-kit/types'
import { z } from 'zod'

/** A setting that cannot be used; the message says which, and how to fix it. */
export class SettingError extends Error {}

const integer = (max = Number.MAX_SAFE_INTEGER) =>
  z
    .string()
    .transform(Number)
    .refine(
      (number) => Number.isSafeInteger(number) && number >= 0 && number <= max,
      max === Number.MAX_SAFE_INTEGER ? 'an integer ≥ 0' : `an integer from 0 to ${max}`,
    )
/** Placeholders such as `{id}` stay. */
const url = z.url({ protocol: /^https?$/, error: 'an http or https URL' })

const variables = z.object({
  PORT: integer(65_535).default(4300),
  CEKURA_API_URL: url.default(defaultBaseUrl),
  CEKURA_AGENT_ID: integer().optional(),
  MAX_ROWS: integer().optional(),
  PUBLIC_URL: url.optional(),
  CALL_URL_TEMPLATE: url.optional(),
  ALLOWED_HOSTS: z.string().default(''),
  PII: z.literal('always-mask', { error: 'always-mask, or unset it' }).optional(),
})

/**
 * The dashboard's settings; only the client reads the API key. An empty variable is not set.
 *
 * @throws {SettingError} for a setting that cannot be used
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>) {
  const given = Object.entries(env).map(([name, text = '']) => [name, text.trim()] as const)
  const result = variables.safeParse(Object.fromEntries(given.filter(([, text]) => text !== '')))
  if (!result.success) {
    const { path, message } = result.error.issues[0]!
    const name = String(path[0])
    throw new SettingError(`Invalid ${name} "${env[name]}": expected ${message}.`)
  }
  const { PUBLIC_URL: publicUrl, ...settings } = result.data
  const allowed = settings.ALLOWED_HOSTS.split(',').map((name) => name.trim())
  return {
    publicUrl,
    /** The host name of the API. */
    source: new URL(settings.CEKURA_API_URL).host,
    callUrl: settings.CALL_URL_TEMPLATE,
    port: settings.PORT,
    agentId: settings.CEKURA_AGENT_ID,
    canReveal: settings.PII === undefined,
    maxRows: settings.MAX_ROWS || undefined,
    hostNames: [
      ...(publicUrl ? [new URL(publicUrl).hostname] : []),
      '127.0.0.1',
      'localhost',
      '[::1]',
      ...allowed.filter(Boolean),
    ],
  }
}
