// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

/** Request header that carries the API key. */
export const apiKeyHeader = 'X-CEKURA-API-KEY'

/** Origin of the hosted API. */
export const defaultBaseUrl = 'https://api.cekura.ai'

/** SHA-256 of the `openapi.json` that these types were generated from, in hex. */
export const specDigest = '73d7750b8d768af0499f3e8f52f44ac674cc35c5ce97ffad1c8e695403c42414'

/** Every value of `CallLogStatus` that the document has. */
export const callLogStatusValues = ['success', 'failure', 'reviewed_success', 'reviewed_failure', 'evaluating'] as const
