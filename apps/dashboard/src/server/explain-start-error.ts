import { CekuraError } from '@cekura-kit/client'
import { SettingError } from './read-settings.ts'

/** Why the dashboard cannot start, in one line; undefined for an unexpected error. */
export function explainStartError(error: unknown): string | undefined {
  if (CekuraError.hasReason(error, 'missing_api_key')) return 'No API key. Set CEKURA_API_KEY.'
  if (CekuraError.hasReason(error, 'invalid_option') && error.details.option === 'baseUrl')
    return `Invalid CEKURA_API_URL: expected ${error.details.expected}.`
  if (error instanceof SettingError || CekuraError.is(error)) return error.message
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Set PORT to a free port.`
  if (code === 'EACCES') return `No permission to use port ${port}. Set PORT to 1024 or higher.`
  return undefined
}

/** Starts something, or prints one line and exits with 1. */
export async function startOrExplain<Value>(start: () => Promise<Value>): Promise<Value> {
  try {
    return await start()
  } catch (error) {
    const message = explainStartError(error)
    if (message === undefined) throw error
    console.error(message)
    process.exit(1)
  }
}
