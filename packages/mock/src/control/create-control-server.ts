import { createServer, type IncomingMessage, type Server } from 'node:http'
import { problemResponse, type MockResponse } from '../api/response.ts'
import { guardRequest, type GuardPolicy } from '../gateway/guard.ts'
import { readBody, sendResponse } from '../gateway/read-body.ts'
import type { ControlRoutes } from './control-routes.ts'
import { runControl } from './run-control.ts'

const maxBodyBytes = 32 * 1_048_576

/** A server for the control API, for a separate listener that pages of other origins cannot use. */
export function createControlServer(routes: ControlRoutes, hosts: readonly string[]): Server {
  const policy: GuardPolicy = { hosts, crossOrigin: false, jsonWrites: true }

  async function respond(request: IncomingMessage): Promise<MockResponse> {
    const { method = 'GET', url = '/', rawHeaders: headers } = request
    const body = await readBody(request, maxBodyBytes)
    const blocked = guardRequest({ method, headers }, policy)
    if (blocked) return blocked
    if (!body) return problemResponse(413, `Request body larger than ${maxBodyBytes} bytes.`)
    const path = url.split('?')[0]!
    return runControl(routes, { method, path, text: body.toString() })
  }

  return createServer((request, response) => {
    respond(request).then(
      (found) => sendResponse(response, found),
      (error: Error) => {
        if (!response.headersSent && !response.destroyed)
          sendResponse(response, problemResponse(500, `The mock failed: ${error.message}`))
      },
    )
  })
}
