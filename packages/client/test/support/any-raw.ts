import { createClient, type ClientOptions } from '@cekura-kit/client'
import type { Client } from 'openapi-fetch'
import { apiKey } from './operations.ts'

/** Any path and method, as a document with more operations would have. */
export interface AnyInit {
  params?: { path?: object; query?: object; header?: object }
  body?: unknown
  headers?: object
  parseAs?: string
  bodySerializer?: (body: never) => unknown
  baseUrl?: string
  signal?: AbortSignal
}
type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
export type AnyRaw = Pick<Client<never>, 'use'> & {
  [Name in Method]: (
    path: string,
    init?: AnyInit,
  ) => Promise<{ data?: unknown; error?: unknown; response: Response }>
}

/** The raw client for any path. */
export const createRaw = (baseUrl: string, options: ClientOptions = {}): AnyRaw =>
  createClient({ apiKey, baseUrl, ...options }).raw as unknown as AnyRaw
