import { planRange } from '../config/plan-range.ts'
import { UsageError } from '../errors/command-error.ts'
import { dropFlag, writeCommand } from '../errors/suggestion.ts'
import type { OptionsOf } from '../options/flag.ts'
import type { exportFlags } from './flags.ts'
import type { TypedTime } from './state/records.ts'
import { formatOfPath, type ExportFormat } from './write/paths.ts'

/** Calls older than this are evaluated; later changes are covered by the look-back. */
export const settleMs = 10 * 60_000

type Options = OptionsOf<typeof exportFlags>
export type ExportOptions = Options & { now: number }

export interface ExportPlan extends Pick<
  Options,
  'deleted' | 'restart' | 'concurrency' | 'pageSize'
> {
  pii: NonNullable<Options['pii']>
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

function requireOutput({ agent, from, output, format = 'ndjson' }: ExportOptions) {
  const file = `calls.${format}`
  const missing = [
    ...(agent === undefined ? [['--agent', '<agent-id>']] : []),
    ...(from === undefined ? [['--from', '30d']] : []),
    ...(output ? [] : [['--output', file]]),
  ]
  if (from === undefined || !output) {
    const names = new Intl.ListFormat('en').format(missing.map(([flag]) => flag!))
    throw new UsageError(
      `Missing ${names}. export needs --agent, --from and --output.`,
      missing.flat(),
    )
  }
  if (output === '-')
    throw new UsageError('Exports are resumable and need a file. To stream, use list.', [
      '--output',
      file,
    ])
  if (output.endsWith('/'))
    throw new UsageError(`${output} is a folder; expected a file.`, ['--output', output + file])
  return { from, output }
}

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

/** What happens to personal data. @throws {UsageError} if the two flags contradict */
function choosePii({ pii, showPii }: ExportOptions): ExportPlan['pii'] {
  if (pii && showPii)
    throw new UsageError('--show-pii and --pii cannot be combined.', (words) =>
      writeCommand(dropFlag(words, '--show-pii')),
    )
  return showPii ? 'keep' : (pii ?? 'mask')
}

/** @throws {UsageError} if something is missing or contradicts */
export function planExport(options: ExportOptions): ExportPlan {
  const { to, now, lookback, deleted, restart, concurrency, pageSize } = options
  const { from, output } = requireOutput(options)
  const range = planRange({ ...options, tz: 'UTC' }, 0, now - settleMs)
  return {
    agentId: range.agentId,
    from: { text: from, time: range.from },
    to: to === undefined ? undefined : { text: to, time: range.to },
    path: output,
    format: chooseFormat(output, options.format),
    pii: choosePii(options),
    lookbackMs: lookback,
    deleted,
    restart,
    concurrency,
    pageSize,
  }
}
