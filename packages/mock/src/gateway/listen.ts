import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MockError } from '../mock-error.ts'

/** Base URL of a host; an IPv6 address is in brackets. */
export const originOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`

/**
 * Listens, and reads no request for longer than 30 seconds.
 *
 * @returns the base URL
 * @throws {MockError} if the address cannot be listened on
 */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  server.requestTimeout = 30_000
  server.headersTimeout = 15_000
  server.listen(port, host)
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new MockError(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is in use. Choose another one, or 0 for a free port.`
        : `Cannot listen on ${host}:${port}: ${error.message}. Choose another host or port.`,
    )
  })
  return originOf(host, (server.address() as AddressInfo).port)
}
