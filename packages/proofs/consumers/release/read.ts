// Code of a team that trusts `^1`: it reads a field and passes it on.
import { createClient, type CallLog } from '@cekura-kit/client'
import type { components } from '@cekura-kit/types'

export const whereCallersLeave = (calls: readonly CallLog[]): string[] =>
  calls.flatMap((call) => call.dropoff_point ?? [])

export const copy = ({ dropoff_point = '' }: components['schemas']['CallLog']): string =>
  dropoff_point

export async function firstPage(apiKey: string): Promise<readonly CallLog[]> {
  return (await createClient({ apiKey }).callLogs.list({ agent_id: 2142 })).results
}
