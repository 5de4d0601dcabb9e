import { SpanKind, SpanStatusCode, trace, type Span, type Tracer } from '@opentelemetry/api'
import type { Hooks } from './hooks.ts'

export interface OtelOptions {
  /** Default the tracer `@cekura-kit/client` of the global provider, looked up on each attempt. */
  tracer?: Tracer | undefined
}

/**
 * Hooks that make one client span an attempt, named by OpenTelemetry's conventions for HTTP.
 *
 * Attributes: `http.request.method`, `url.template`, `http.request.resend_count` from the second
 * attempt on, `http.response.status_code`, and `error.type` (the status, or the error's `code`).
 * Never a query, a header, a body or the key. Needs `@opentelemetry/api`, an optional peer.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 * @example
 * const cekura = createClient({ hooks: createOtelHooks() })
 */
export function createOtelHooks({ tracer }: OtelOptions = {}): Hooks {
  const spans = new Map<number, Span>()

  // An attempt with a response has ended before its retry or failure is reported.
  const endFailed = ({ call, code }: { call: number; code: string }): void => {
    const span = spans.get(call)
    if (!span) return
    spans.delete(call)
    span.setAttribute('error.type', code).setStatus({ code: SpanStatusCode.ERROR }).end()
  }

  return {
    onRequest({ call, method, path, attempts }) {
      const attributes = {
        'http.request.method': method,
        'url.template': path,
        ...(attempts > 1 && { 'http.request.resend_count': attempts - 1 }),
      }
      const source = tracer ?? trace.getTracer('@cekura-kit/client')
      spans.set(call, source.startSpan(`${method} ${path}`, { kind: SpanKind.CLIENT, attributes }))
    },
    onResponse({ call, status }) {
      const span = spans.get(call)
      spans.delete(call)
      span?.setAttribute('http.response.status_code', status)
      // Redirects too: the client refuses them.
      if (status >= 300)
        span?.setAttribute('error.type', String(status)).setStatus({ code: SpanStatusCode.ERROR })
      span?.end()
    },
    onRetry: endFailed,
    onError: endFailed,
  }
}
