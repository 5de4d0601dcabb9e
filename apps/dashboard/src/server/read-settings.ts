import { defaultBaseUrl } from '@cekura-kit/types'

type Environment = Readonly<Record<string, string | undefined>>

/** Where the calls come from, as the page says it: a host name. */
export const describeSource = (env: Environment): string =>
  new URL(env['CEKURA_API_URL'] || defaultBaseUrl).host

const readNumber = (env: Environment, name: string): number | undefined => {
  const text = env[name]?.trim()
  if (!text) return undefined
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new Error(`Cannot start the dashboard: ${name} is "${text}"; give a whole number`)
}

/** What the environment says of the dashboard; the key is read by the client alone. */
export function readSettings(env: Environment) {
  const pii = env['PII']?.trim()
  if (pii && pii !== 'always-mask')
    throw new Error(
      `Cannot start the dashboard: PII is "${pii}"; give always-mask, or leave it unset`,
    )
  return {
    port: readNumber(env, 'PORT') ?? 4300,
    agentId: readNumber(env, 'CEKURA_AGENT_ID'),
    canReveal: pii === undefined || pii === '',
    maxRows: readNumber(env, 'MAX_ROWS') || undefined,
    hostNames: [
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
