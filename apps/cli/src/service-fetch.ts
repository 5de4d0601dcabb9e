import type { ClientOptions } from '@cekura-kit/client'
import type { Err } from './terminal/err.ts'

type Fetch = NonNullable<ClientOptions['fetch']>

/** Parameters whose values say nothing about a person. */
const plainParameters = new Set(['agent_id', 'page', 'page_size', 'timestamp_from', 'timestamp_to'])
/** Headers of an answer that may be told; none of a request is. */
const plainHeaders = ['content-type', 'content-length', 'retry-after', 'deprecation', 'sunset']

/** An address as it may be told: parameters that could name a person have no value. */
export function tellUrl(address: string): string {
  const url = new URL(address)
  const query = [...url.searchParams].map(
    ([name, value]) => `${name}=${plainParameters.has(name) ? value : '…'}`,
  )
  return `${url.origin}${url.pathname}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

export interface FetchOptions {
  maxRps: number | undefined
  now(): number
  fetch?: Fetch
}

/** The `fetch` of the client: paced, told with `--debug`, and listening for a deprecation. */
export function createServiceFetch(err: Err, { maxRps, now, fetch }: FetchOptions): Fetch {
  const send: Fetch = fetch ?? ((url, init) => globalThis.fetch(url, init))
  const gapMs = maxRps === undefined ? 0 : 1000 / maxRps
  let next = 0
  let isDeprecationTold = false

  async function takeTurn(signal: AbortSignal | null | undefined): Promise<void> {
    const waitMs = next - now()
    next = Math.max(now(), next) + gapMs
    if (waitMs <= 0) return
    const { setTimeout: wait } = await import('node:timers/promises')
    await wait(waitMs, undefined, signal ? { signal } : {})
  }

  return async (url, init) => {
    if (gapMs > 0) await takeTurn(init.signal)
    const start = now()
    let response: Response
    try {
      response = await send(url, init)
    } catch (error) {
      err.debug(`${init.method ?? 'GET'} ${tellUrl(url)} no answer after ${now() - start} ms`)
      throw error
    }
    const { status, headers } = response
    const told = plainHeaders.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [`${name}: ${value}`]
    })
    err.debug(
      `${init.method ?? 'GET'} ${tellUrl(url)} ${status} in ${now() - start} ms, request id ${headers.get('x-request-id') ?? 'none'}${told.map((line) => `, ${line}`).join('')}`,
    )
    if (!isDeprecationTold && headers.has('deprecation')) {
      isDeprecationTold = true
      const sunset = headers.get('sunset')
      err.note(
        `The service says that this operation is deprecated${sunset ? ` and ends ${sunset}` : ''}; look for a newer version of cekura-logs.`,
      )
    }
    return response
  }
}
