// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

/** Request header that carries the API key. */
export const apiKeyHeader = 'X-CEKURA-API-KEY'

/** Origin of the hosted API. */
export const defaultBaseUrl = 'https://api.cekura.ai'

/** SHA-256 of the `openapi.json` that these types were generated from, in hex. */
export const specDigest = 'ac4ae1834d4214ab841ba1f99afa2af654229f8ad4e6c316afe8123e03bb7314'

/** Every value of `CallLogStatus` that the document has. */
export const callLogStatusValues = ['success', 'failure', 'reviewed_success', 'reviewed_failure', 'evaluating'] as const
