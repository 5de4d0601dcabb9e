import type { CekuraError } from '@cekura-kit/client'
import { withFlag, writeCommand } from './write-command.ts'

/** What the client advises those who call it from code, as somebody at a prompt can do it. */
const words: readonly (readonly [RegExp, string])[] = [
  [/lower page_size or raise maxResponseBytes/, 'ask for fewer calls at a time'],
  [/lower page_size or raise timeout/, 'give it more time'],
  [
    /^Cannot go past page (\d+): next is (?:NaN|\d+) and may never end; pass maxPages$/,
    'Cannot go past page $1: the service calls no page the last one, as a static mock does, so this could go on for ever; it is stopped here',
  ],
  [/check baseUrl/, 'check the address'],
  [/^Cannot call the API: baseUrl is /, 'Cannot use the base URL: it is '],
  [/^Cannot call the API: apiKey is "\*\*\*"/, 'Cannot use the API key'],
  [/^Cannot call the API: agent_id is /, 'Cannot use --agent: it is '],
  [/^Cannot call the API: call_ids is /, 'Cannot use the ids: they are '],
  [/\bapiKey\(\) failed/, 'the API key cannot be read'],
]

/** Why nothing answers, by the code that Node gives it. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/CERT|SELF_SIGNED|UNABLE_TO/, 'its certificate is not trusted'],
  [/^(ENOTFOUND|EAI_\w+)$/, 'no address is known for its name'],
  [/^ECONNREFUSED$/, 'nothing listens there'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'it broke the connection off'],
  [/^(ENETUNREACH|EHOSTUNREACH|ENETDOWN)$/, 'there is no way to it in the network'],
  [/SSL|EPROTO/, 'it does not speak TLS'],
  [/TIMEOUT|ETIMEDOUT/, 'it does not take the connection'],
]

/** The code at the bottom of what fetch failed with. */
function codeOf(error: unknown): string {
  let found = ''
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    found = String((cause as NodeJS.ErrnoException).code ?? found)
  return found
}

/** Whether the service refuses so many calls at a time; how many it gives is not documented. */
export const refusesPageSize = ({ code, body }: Pick<CekuraError, 'code' | 'body'>): boolean =>
  code === 'bad_request' && typeof body === 'object' && body !== null && 'page_size' in body

/** A failure of the client in the words of a command line; the way out where its kind is not enough. */
export function tellClientError(error: Pick<CekuraError, 'code' | 'message' | 'cause' | 'body'>): {
  message: string
  fix?: (args: readonly string[]) => string
} {
  const message = tellClientMessage(error.message)
  const code = error.code === 'connection' ? codeOf(error.cause) : ''
  const [, why] = reasons.find(([pattern]) => pattern.test(code)) ?? []
  if (refusesPageSize(error)) return { message, fix: (args) => withFlag(args, '--page-size', '20') }
  if (why === undefined) return { message }
  return {
    message: message.replace(' or broke off; check the address', `: ${why} (${code})`),
    ...(/SELF_SIGNED|UNABLE_TO/.test(code) && {
      fix: (args) =>
        `NODE_EXTRA_CA_CERTS=ca.pem ${writeCommand(args)}  # with the certificate of who signed it in ca.pem`,
    }),
  }
}

/** A message of the client without the names of options that only code can set. */
export const tellClientMessage = (message: string): string =>
  words.reduce((text, [pattern, own]) => text.replace(pattern, own), message)
