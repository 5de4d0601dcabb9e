export { createClient } from './generated/client'
export { listCallLogs } from './generated/sdk.gen'
