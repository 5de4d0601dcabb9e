// Runs in a separate process: a malformed request can end Prism, and a pattern can block it.
import { ServerResponse } from 'node:http'
import type { FromPrism, PrismStart, ToPrism } from './prism-process.ts'
import { startPrism } from './prism-server.ts'
import { createPrismVerifier } from './prism-verifier.ts'

const send = (message: FromPrism): void => {
  process.send?.(message)
}

process.once('message', (start: PrismStart) => void serve(start))
// The channel closes when the parent ends, in whatever way.
process.once('disconnect', () => process.exit(0))
// Prism writes its findings to a header, where a character outside ASCII would end the process.
const { setHeader } = ServerResponse.prototype
ServerResponse.prototype.setHeader = function (name, value) {
  return setHeader.call(
    this,
    name,
    name === 'sl-violations' ? escapeNonAscii(String(value)) : value,
  )
}

/** The same JSON, in ASCII. */
function escapeNonAscii(json: string): string {
  return json.replaceAll(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

async function serve({ document, dynamic }: PrismStart): Promise<void> {
  let verifier: ReturnType<typeof createPrismVerifier> | undefined
  process.on('message', ({ id, exchange }: ToPrism) => {
    ;(verifier ??= createPrismVerifier(document))
      .then((verify) => verify(exchange))
      .then(
        (findings) => send({ type: 'result', id, findings }),
        (error: unknown) => send({ type: 'result', id, error: reasonOf(error) }),
      )
  })
  try {
    const { url } = await startPrism({ document, dynamic })
    send({ type: 'ready', url })
  } catch (error) {
    // Prism rejects with a string.
    send({ type: 'failed', reason: reasonOf(error) })
  }
}
