import { MockError } from '../mock-error.ts'
import { jsonResponse, emptyBody, type MockResponse } from '../api/response.ts'
import { notFound, type ControlRoutes } from './control-routes.ts'

/**
 * Runs one control request.
 *
 * @param text body as JSON, empty for none
 * @returns 200 with a body, 204 without one, 400 for an invalid request, 404 or 405
 */
export async function runControl(
  routes: ControlRoutes,
  { method, path, text }: { method: string; path: string; text: string },
): Promise<MockResponse> {
  const run = routes.get(`${method} ${path}`)
  if (!run) {
    const allow = ['GET', 'POST'].filter((name) => routes.has(`${name} ${path}`))
    const paths = [...new Set([...routes.keys()].map((key) => key.split(' ')[1]))]
    return allow.length > 0
      ? jsonResponse(405, { detail: `Expected ${allow.join(' or ')}.` }, [
          'allow',
          allow.join(', '),
        ])
      : jsonResponse(404, { detail: `Unknown control path. Expected one of ${paths.join(', ')}.` })
  }
  try {
    const body = await run(method === 'POST' && text !== '' ? JSON.parse(text) : undefined)
    if (body === notFound) return jsonResponse(404, { detail: 'No such call.' })
    return body === undefined
      ? { status: 204, headers: [], body: emptyBody }
      : jsonResponse(200, body)
  } catch (error) {
    if (error instanceof MockError) return jsonResponse(400, { detail: error.message })
    if (error instanceof SyntaxError)
      return jsonResponse(400, { detail: `Invalid request body: ${error.message}` })
    throw error
  }
}
