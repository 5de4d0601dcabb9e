/** What a `fetch` is called with. */
export interface FetchInit {
  method: string
  headers: Record<string, string>
  body?: string | ArrayBuffer | ReadableStream<Uint8Array>
  signal: AbortSignal
  redirect: 'manual'
  /** Set with a stream as body, as `fetch` requires. */
  duplex?: 'half'
}

/** The part of a `Response` that is read; React Native has no `body`. */
export interface FetchResponse {
  readonly status: number
  readonly statusText?: string
  readonly headers: {
    get(name: string): string | null
    forEach(visit: (value: string, name: string) => void): void
  }
  readonly body?: {
    getReader(): {
      read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
      cancel(): Promise<unknown>
    }
  } | null
  text(): Promise<string>
}

/** A `fetch`, called as `fetch(url, init)`: the global one, undici's, or a custom one. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>
