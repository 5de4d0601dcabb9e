import type { Hooks } from './hooks.ts'

/** `SpanKind.CLIENT` and `SpanStatusCode.ERROR` of `@opentelemetry/api`. */
const clientKind = 2
const errorStatus = 2

/** The part of OpenTelemetry's `Span` that is used. */
export interface OtelSpan {
  setAttribute(name: string, value: string | number): unknown
  setStatus(status: { code: number }): unknown
  end(): void
}

/** The part of OpenTelemetry's `Tracer` that is used, so any of its versions fits. */
export interface OtelTracer {
  startSpan(
    name: string,
    options: { kind: number; attributes: Record<string, string | number> },
  ): OtelSpan
}

export interface OtelOptions {
  /** `trace.getTracer('your-service')` of `@opentelemetry/api`. */
  tracer: OtelTracer
}

/**
 * Hooks that make one client span an attempt, named by OpenTelemetry's conventions for HTTP.
 *
 * Attributes: `http.request.method`, `url.template`, `http.request.resend_count` from the second
 * attempt on, `http.response.status_code`, and `error.type` (the status, or the error's `code`).
 * Never a query, a header, a body or the key.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 * @example
 * const tracer = trace.getTracer('your-service')
 * const cekura = createClient({ hooks: createOtelHooks({ tracer }) })
 */
export function createOtelHooks({ tracer }: OtelOptions): Hooks {
  const spans = new Map<number, OtelSpan>()

  // An attempt with a response has ended before its retry or failure is reported.
  const endFailed = ({ call, code }: { call: number; code: string }): void => {
    const span = spans.get(call)
    if (!span) return
    spans.delete(call)
    span.setAttribute('error.type', code)
    span.setStatus({ code: errorStatus })
    span.end()
  }

  return {
    onRequest({ call, method, path, attempts }) {
      const attributes = {
        'http.request.method': method,
        'url.template': path,
        ...(attempts > 1 && { 'http.request.resend_count': attempts - 1 }),
      }
      spans.set(call, tracer.startSpan(`${method} ${path}`, { kind: clientKind, attributes }))
    },
    onResponse({ call, status }) {
      const span = spans.get(call)
      if (!span) return
      spans.delete(call)
      span.setAttribute('http.response.status_code', status)
      // Redirects too: the client refuses them.
      if (status >= 300) {
        span.setAttribute('error.type', String(status))
        span.setStatus({ code: errorStatus })
      }
      span.end()
    },
    onRetry: endFailed,
    onError: endFailed,
  }
}
