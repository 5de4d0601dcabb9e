import { StateError } from '../../errors/command-error.ts'
import { useAnotherOutput } from '../../errors/suggestion.ts'
import type { ExportPlan } from '../plan.ts'

/** What must be the same in every run of an export. */
export type Identity = Readonly<Record<string, string | number>>

export const identityOf = (plan: ExportPlan, baseUrl: string): Identity => ({
  '--api-url': baseUrl,
  '--agent': plan.agentId,
  '--format': plan.format,
  '--pii': plan.pii,
  '--deleted': plan.deletedCalls,
})

/** @throws {StateError} if the state was written with other arguments */
export function checkIdentity(mine: Identity, theirs: Identity, path: string): void {
  const other = Object.entries(mine).find(([name, value]) => theirs[name] !== value)
  if (!other) return
  const [name, value] = other
  throw new StateError(
    `${path} was started with ${name} ${String(theirs[name])}; this run uses ${value}. Choose another --output, or start over with --restart.`,
    useAnotherOutput,
  )
}
