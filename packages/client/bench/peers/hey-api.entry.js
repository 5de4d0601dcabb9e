export { createClient } from './generated/client'
export { callLogsList } from './generated/sdk.gen'
