// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

/** Request header that carries the API key. */
export const apiKeyHeader = 'X-CEKURA-API-KEY'

/** Origin of the hosted API. */
export const defaultBaseUrl = 'https://api.cekura.ai'

/** SHA-256 of the `openapi.json` that these types were generated from, in hex. */
export const specDigest = 'ec587cb1c6e73690787811db0ba09922486927af21972861074fbc91731792f5'

/** Every value of `CallLogStatus` that the document has. */
export const callLogStatusValues = ['success', 'failure', 'reviewed_success', 'reviewed_failure', 'evaluating'] as const
