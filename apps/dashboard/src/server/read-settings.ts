import { defaultBaseUrl } from '@cekura-kit/types'

type Environment = Readonly<Record<string, string | undefined>>

/** A setting that cannot be used; the message says which, and how to fix it. */
export class SettingError extends Error {}

/**
 * Where the calls come from: a host name.
 *
 * @throws {SettingError} when CEKURA_API_URL is not a URL
 */
export function describeSource(env: Environment): string {
  const text = env['CEKURA_API_URL']?.trim() || defaultBaseUrl
  if (URL.canParse(text)) return new URL(text).host
  throw new SettingError(
    `Invalid CEKURA_API_URL "${text}": expected a URL. Unset it to use ${defaultBaseUrl}.`,
  )
}

function readInteger(
  env: Environment,
  name: string,
  max = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const text = env[name]?.trim()
  if (!text) return undefined
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= 0 && number <= max) return number
  const range = max === Number.MAX_SAFE_INTEGER ? '≥ 0' : `from 0 to ${max}`
  throw new SettingError(`Invalid ${name} "${text}": expected an integer ${range}.`)
}

/** An http or https URL; placeholders such as `{id}` stay. */
function readUrl(env: Environment, name: string): string | undefined {
  const text = env[name]?.trim()
  if (!text) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return text
  throw new SettingError(`Invalid ${name} "${text}": expected an http or https URL.`)
}

/**
 * The dashboard's settings; only the client reads the API key.
 *
 * @throws {SettingError} for a setting that cannot be used
 */
export function readSettings(env: Environment) {
  const pii = env['PII']?.trim()
  if (pii && pii !== 'always-mask')
    throw new SettingError(`Invalid PII "${pii}": expected always-mask, or unset it.`)
  const publicUrl = readUrl(env, 'PUBLIC_URL')
  return {
    publicUrl,
    callUrl: readUrl(env, 'CALL_URL_TEMPLATE'),
    port: readInteger(env, 'PORT', 65_535) ?? 4300,
    agentId: readInteger(env, 'CEKURA_AGENT_ID'),
    canReveal: pii === undefined || pii === '',
    maxRows: readInteger(env, 'MAX_ROWS') || undefined,
    hostNames: [
      ...(publicUrl ? [new URL(publicUrl).hostname] : []),
      '127.0.0.1',
      'localhost',
      '[::1]',
      ...(env['ALLOWED_HOSTS']
        ?.split(',')
        .map((name) => name.trim())
        .filter(Boolean) ?? []),
    ],
  }
}
