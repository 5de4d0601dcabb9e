import { checkRange } from '../config/check-range.ts'
import { readTime } from '../config/time.ts'
import { UsageError } from '../errors/command-error.ts'
import { requireAgent } from '../options/flags.ts'
import type { OptionsOf } from '../options/flag.ts'
import type { exportFlags } from './flags.ts'
import type { TypedTime } from './state/records.ts'
import { formatOfPath, type ExportFormat } from './write/paths.ts'

/** Calls older than this are evaluated; later changes are covered by the look-back. */
export const settleMs = 10 * 60_000

type Options = OptionsOf<typeof exportFlags>
type Unchanged = 'pii' | 'deleted' | 'restart' | 'concurrency' | 'pageSize'

export interface ExportPlan extends Pick<Options, Unchanged> {
  agentId: number
  /** The output. */
  path: string
  format: ExportFormat
  from: TypedTime
  /** Exclusive end of the range; default ten minutes ago. */
  to?: TypedTime | undefined
  /** How much of the exported range is read again; default 3 days when the range grows. */
  lookbackMs?: number | undefined
}

export type ExportOptions = Options & { now: number }

/** The format: of the flag or the extension. @throws {UsageError} if they contradict */
function chooseFormat(output: string, format: ExportFormat | undefined): ExportFormat {
  const ofPath = formatOfPath(output)
  if (format && ofPath && format !== ofPath)
    throw new UsageError(`--output ${output} ends in .${ofPath}, but --format is ${format}.`, [
      '--format',
      ofPath,
    ])
  return format ?? ofPath ?? 'ndjson'
}

function requireOutput({ agent, from, output, format = 'ndjson' }: ExportOptions) {
  if (from !== undefined && output) return { from, output }
  const missing = [
    ...(agent === undefined ? [['--agent', '<agent-id>']] : []),
    ...(from === undefined ? [['--from', '30d']] : []),
    ...(output ? [] : [['--output', `calls.${format}`]]),
  ]
  const names = new Intl.ListFormat('en').format(missing.map(([flag]) => flag!))
  throw new UsageError(
    `Missing ${names}. export needs --agent, --from and --output.`,
    missing.flat(),
  )
}

/** @throws {UsageError} if something is missing or contradicts */
export function planExport(options: ExportOptions): ExportPlan {
  const { lookback, now, deleted, restart, concurrency, pageSize } = options
  const { from, output } = requireOutput(options)
  if (output === '-')
    throw new UsageError('Exports are resumable and need a file. To stream, use list.', [
      '--output',
      `calls.${options.format ?? 'ndjson'}`,
    ])
  const format = chooseFormat(output, options.format)
  if (output.endsWith('/'))
    throw new UsageError(`${output} is a folder; expected a file.`, [
      '--output',
      `${output}calls.${format}`,
    ])
  const toTyped = (flag: string, text: string): TypedTime => ({
    text,
    time: readTime(flag, text, now),
  })
  const plan: ExportPlan = {
    agentId: requireAgent(options.agent),
    from: toTyped('from', from),
    to: options.to === undefined ? undefined : toTyped('to', options.to),
    path: output,
    format,
    pii: options.showPii ? 'keep' : options.pii,
    lookbackMs: lookback === undefined ? undefined : now - readTime('lookback', lookback, now),
    deleted,
    restart,
    concurrency,
    pageSize,
  }
  checkRange(plan.from, { text: options.to, time: plan.to?.time ?? now - settleMs })
  return plan
}
