import { CekuraError, type CekuraErrorCode } from '@cekura-kit/client'
import { formatClientError, suggestFix } from '../errors/client-error-message.ts'
import { CommandError, exitCodes } from '../errors/command-error.ts'
import { withFlag, writeCommand } from '../errors/suggestion.ts'
import type { RunningExport } from './run-export.ts'
import { isDiskError, isSystemError } from './state/open-database.ts'
import { planPaths } from './write/paths.ts'

/** Failures after which a rerun resumes. */
const resumable: ReadonlySet<CekuraErrorCode> = new Set([
  'connection',
  'timeout',
  'rate_limit',
  'server',
  'not_found',
  'invalid_response',
])

/** Where the disk failed; undefined for another failure. */
function findDiskPath(error: unknown, output: string): string | undefined {
  if (isDiskError(error)) return planPaths(output).state
  if (!isSystemError(error)) return undefined
  // A file that is renamed has its final name in `dest`, and one that is written none at all.
  return (error as { dest?: string }).dest ?? error.path ?? output
}

/** An API or disk failure after which a rerun resumes, as a message; others unchanged. */
export function describeFailure(error: unknown, { plan, args, context }: RunningExport): unknown {
  const rerun = writeCommand(args)
  const exitCode = exitCodes.resumable
  if (CekuraError.is(error) && resumable.has(error.code)) {
    const { code, requestId } = error
    const easier = CekuraError.hasReason(error, 'response_too_large')
      ? withFlag(args, '--page-size', '10')
      : code === 'rate_limit' && withFlag(args, '--concurrency', '1')
    const suggestion = easier || suggestFix(error, args) || rerun
    const message = `${formatClientError(error, context.io.now())} Progress is saved.`
    return new CommandError(message, { code, exitCode, suggestion, requestId })
  }
  const path = findDiskPath(error, plan.path)
  if (path === undefined) return error
  return new CommandError(
    `Cannot write ${path}: ${(error as Error).message}. Progress is saved, and the previous files are unchanged.`,
    {
      code: 'disk',
      exitCode,
      suggestion: `${rerun}  # when it is writable, or with another --output`,
    },
  )
}
