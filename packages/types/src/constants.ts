// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

/** Request header that carries the API key. */
export const apiKeyHeader = 'X-CEKURA-API-KEY'

/** Origin of the hosted API. */
export const defaultBaseUrl = 'https://api.cekura.ai'

/** SHA-256 of the `openapi.json` that these types were generated from, in hex. */
export const specDigest = 'cbeffab0b0c581c33adb8127fd4a1b86604f6fda730e9ca1518df8e97c56ecee'

/** Every value of `CallLogStatus` that the document has. */
export const callLogStatusValues = ['success', 'failure', 'reviewed_success', 'reviewed_failure', 'evaluating'] as const
