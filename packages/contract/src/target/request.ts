/** A request, independent of the server that receives it. */
export interface TestRequest {
  /** Default `GET`. */
  method?: string
  /** With path parameters filled and encoded. */
  path: string
  /** Pairs, because a name may be sent twice. */
  query?: readonly (readonly [string, string])[]
  headers?: Record<string, string>
  /** `null` sends no key; default: the key of the target. */
  key?: string | null | undefined
  body?: unknown
  /** Media type of the body; default JSON. */
  mediaType?: string | undefined
}

export interface TestResponse {
  status: number
  headers: Headers
  text: string
  /** The request without host and key. */
  request: string
}

/** A request as text, without host and key. */
export function describeRequest({ method = 'GET', path, query = [] }: TestRequest): string {
  const text = query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  return `${method} ${path}${text && `?${text}`}`
}
