import { createCallCounter, type CallSummary } from '@cekura-kit/calls'
import { Argument, Command, Option } from '@commander-js/extra-typings'
import { UsageError } from '../command-error.ts'
import {
  agentOption,
  fromOption,
  jsonOption,
  progressOption,
  requireAgent,
  toOption,
} from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import type { Context } from '../context.ts'
import { describeCommand } from '../help-text.ts'
import { formatTime, readTime } from '../settings/read-time.ts'
import { drawStats } from '../stats/draw-stats.ts'
import { readExport } from '../stats/read-export.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import { createProgress } from '../terminal/progress.ts'

export const createStatsCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('stats'), {
    summary: 'figures of calls',
    text: 'Counts calls by outcome, length, ended reason and metric: those of a range, asked from the service, or those of an export. Calls that are not judged are in no rate.',
    examples: [
      'cekura-logs stats --agent 2142 --from 30d',
      'cekura-logs stats calls.parquet',
      'cekura-logs stats calls.ndjson --json | jq .success_rate',
    ],
  })
    .addArgument(new Argument('[path]', 'an export, in place of asking the service'))
    .addOption(agentOption())
    .addOption(fromOption())
    .addOption(toOption('now'))
    .addOption(
      new Option('--format <format>', 'default a table on a terminal, json for a pipe').choices([
        'table',
        'json',
      ]),
    )
    .addOption(jsonOption())
    .addOption(progressOption())
    .action(async (path, options, command) => {
      const context = contextOf(command)
      const { out, io, style, err } = context
      const plan = planStats(path, options, io.now())
      const summary =
        'path' in plan
          ? await countExport(plan.path, context)
          : await countRange(plan, context, options.progress)
      const format = options.format ?? (io.isTTY.stdout ? 'table' : 'json')
      if (format === 'json') {
        const facts = 'path' in plan ? { path: plan.path } : describeRange(plan)
        await out.write(`${encodeJson({ schema_version: 1, ...facts, ...summary }, 2)}\n`)
        return
      }
      if (!('path' in plan))
        err.note(`Window: ${formatTime(plan.from)} to ${formatTime(plan.to)} (UTC).`)
      await out.write(drawStats(summary, { width: io.columns(), style }))
    })

interface RangePlan {
  agentId: number
  from: number
  to: number
}

const describeRange = ({ agentId, from, to }: RangePlan): object => ({
  agent_id: agentId,
  window: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
})

/** @throws {UsageError} when it is not clear whose calls are meant, or when */
export function planStats(
  path: string | undefined,
  options: { agent?: number | undefined; from?: string | undefined; to?: string | undefined },
  now: number,
): RangePlan | { path: string } {
  if (path !== undefined) {
    if (options.from === undefined && options.to === undefined) return { path }
    throw new UsageError(
      'Cannot count calls: --from and --to choose calls of the service, and an export is counted whole',
      `cekura-logs stats ${path}`,
    )
  }
  const agentId = requireAgent('count calls', options.agent)
  const from = readTime('from', options.from ?? '7d', now)
  const to = options.to === undefined ? now : readTime('to', options.to, now)
  if (to > from) return { agentId, from, to }
  throw new UsageError(
    `Cannot count calls: --to ${formatTime(to)} is not after --from ${formatTime(from)}`,
    '--from 7d',
  )
}

const windowMs = 30 * 86_400_000

/** How far a walk is that reads windows of thirty days, the oldest first, each from its end. */
export function shareRead({ from, to }: { from: number; to: number }, time: number): number {
  const at = Math.min(Math.max(Number.isNaN(time) ? from : time, from), to)
  const start = from + Math.floor((at - from) / windowMs) * windowMs
  const end = Math.min(start + windowMs, to)
  return (start - from + (end - at)) / (to - from)
}

async function countExport(path: string, { io }: Context): Promise<CallSummary> {
  const counter = createCallCounter()
  for await (const call of readExport(path, io.signal)) counter.add(call)
  return counter.end()
}

async function countRange(
  { agentId, from, to }: RangePlan,
  context: Context,
  mode: Parameters<typeof createProgress>[1],
): Promise<CallSummary> {
  const { err, io } = context
  const client = await context.createClient()
  const progress = createProgress(err, mode, io.now)
  const counter = createCallCounter()
  let calls = 0
  const query = { agent_id: agentId, timestamp_from: new Date(from), timestamp_to: new Date(to) }
  try {
    for await (const call of client.callLogs.listRange(query, { signal: io.signal })) {
      counter.add({ ...call })
      calls += 1
      const time = Date.parse(call.timestamp)
      progress.update(() => ({ share: shareRead({ from, to }, time), counts: { calls } }))
    }
  } finally {
    progress.end()
  }
  return counter.end({ from, to })
}
