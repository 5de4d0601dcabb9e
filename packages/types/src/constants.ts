// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

import type { operations, paths } from './schema.ts'

/** Path template of each operation, by `operationId`. */
export const operationPaths = {
  listCallLogs: "/observability/v1/call-logs/",
} as const satisfies Record<keyof operations, keyof paths>

/** Request header that carries the API key. */
export const apiKeyHeader = "X-CEKURA-API-KEY"

/** Origin of the hosted service. */
export const defaultBaseUrl = "https://api.cekura.ai"

/** SHA-256 of the `openapi.json` these types were generated from, in hex. */
export const specDigest = "5f258c52d058dfb5c1831e68ac75c351a3c2777be392ebe40ee831c619c4e4dd"
