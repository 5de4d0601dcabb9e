// Runs in a process of its own: one hostile request can end Prism or hang it.
import { ServerResponse } from 'node:http'
import { endWhenBlocked } from './end-when-blocked.ts'
import type { PrismMessage, PrismStart } from './prism-process.ts'
import { startPrism } from './prism-server.ts'

const send = (message: PrismMessage): void => {
  process.send?.(message)
}

process.once('message', (start: PrismStart) => {
  void listen(start)
  process.on('message', () => send({ type: 'pong' }))
})
// The channel closes when the parent is gone, however it went.
process.once('disconnect', () => process.exit(0))
// Prism writes what it found into a header, where a letter outside of ASCII would end the process.
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

async function listen(start: PrismStart): Promise<void> {
  try {
    const { url } = await startPrism(start)
    endWhenBlocked()
    watchMemory(start.mostResidentBytes)
    send({ type: 'ready', url })
  } catch (error) {
    // Prism rejects with a string.
    const reason = error instanceof Error ? error.message : String(error)
    send({ type: 'refused', reason })
  }
}

/** The engine gives memory back when it has to, which is late on a large machine. */
function watchMemory(mostBytes = 400 * 1_048_576): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > mostBytes) send({ type: 'large' })
  }, 1000).unref()
}
