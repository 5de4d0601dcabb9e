export { createClient } from './generated/client'
export { callLogs.list } from './generated/sdk.gen'
