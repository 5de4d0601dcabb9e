// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

/** Request header that carries the API key. */
export const apiKeyHeader = 'X-CEKURA-API-KEY'

/** Origin of the hosted API. */
export const defaultBaseUrl = 'https://api.cekura.ai'

/** SHA-256 of the `openapi.json` that these types were generated from, in hex. */
export const specDigest = '8e54fd994261f640589dac81e91a7ab029e445e1ed3f9883ce8d5f5dff3440c5'

/** Every value of `CallLogStatus` that the document has. */
export const callLogStatusValues = ['success', 'failure', 'reviewed_success', 'reviewed_failure', 'evaluating'] as const
