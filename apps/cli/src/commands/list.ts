import type { CallLog, CallLogStatus, CekuraClient } from '@cekura-kit/client'
import { Command, Option } from '@commander-js/extra-typings'
import {
  agentOption,
  fieldsOption,
  formatOption,
  fromOption,
  jsonOption,
  requireAgent,
  showPiiOption,
  toOption,
} from '../command-options.ts'
import type { ContextOf } from '../context-of.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../command-error.ts'
import { cutSpans } from '../export/walk-plan.ts'
import { groups } from '../global-options.ts'
import { describeCommand } from '../help-text.ts'
import { formatTime, readTime } from '../settings/read-time.ts'
import { wholeNumber } from '../settings/read-values.ts'
import { summariseCalls } from '../summarise-calls.ts'
import { chooseFormat, createCallWriter, type CallOutput } from '../write-calls.ts'

const statuses = [
  'success',
  'failure',
  'reviewed_success',
  'reviewed_failure',
] as const satisfies CallLogStatus[]

export const createListCommand = (contextOf: ContextOf) =>
  describeCommand(new Command('list'), {
    summary: "list an agent's calls",
    text: "Lists an agent's calls: a table on a terminal, one JSON object a line for a pipe.",
    examples: [
      'cekura-logs list --agent 2142 --from 7d',
      'cekura-logs list --agent 2142 --from today --status failure --limit 10',
      "cekura-logs list --agent 2142 --from 24h | jq -r '[.id, .topic] | @tsv'",
    ],
  })
    .addOption(agentOption())
    .addOption(fromOption())
    .addOption(toOption('now'))
    .optionsGroup(groups.calls)
    .addOption(
      new Option('--limit <n>', 'at most so many calls').argParser(wholeNumber(1)).default(50),
    )
    .addOption(new Option('--assistant <id>', "only this assistant, by the provider's id"))
    .addOption(
      new Option(
        '--status <status>',
        'only this outcome; filtered here after reading, because the API cannot',
      ).choices(statuses),
    )
    .addOption(formatOption())
    .addOption(jsonOption())
    .addOption(fieldsOption())
    .addOption(showPiiOption())
    .action(async (options, command) => {
      const context = contextOf(command)
      const output = {
        format: chooseFormat(options.format, context.io.isTTY.stdout),
        fields: options.fields,
        showPii: options.showPii === true,
      }
      const plan = planList({ ...options, now: context.io.now() })
      await runList(await context.createClient(), plan, output, context)
    })

export interface ListPlan {
  agentId: number
  /** Undefined: the service decides how far back it looks. */
  from: number | undefined
  to: number
  limit: number
  assistant: string | undefined
  status: CallLogStatus | undefined
}

/** @throws {UsageError} when something is missing or contradicts */
export function planList(options: {
  agent?: number | undefined
  from?: string | undefined
  to?: string | undefined
  limit: number
  assistant?: string | undefined
  status?: CallLogStatus | undefined
  now: number
}): ListPlan {
  const { now, limit, assistant, status } = options
  const agentId = requireAgent('list calls', options.agent)
  const from = options.from === undefined ? undefined : readTime('from', options.from, now)
  const to = options.to === undefined ? now : readTime('to', options.to, now)
  if (from !== undefined && to <= from)
    throw new UsageError(
      `Cannot list calls: --to ${formatTime(to)} is not after --from ${formatTime(from)}`,
      '--from 7d',
    )
  return { agentId, from, to, limit, assistant, status }
}

/** The range that is asked for, in words. */
const describeRange = ({ from, to }: ListPlan): string =>
  from === undefined
    ? `up to ${formatTime(to)}; without --from the service decides how far back it looks`
    : `${formatTime(from)} to ${formatTime(to)}`

/** Pages of the range, newest window first, each call once. */
async function* readPages(
  client: CekuraClient,
  { agentId, from, to, limit, assistant, status }: ListPlan,
  signal: AbortSignal,
): AsyncGenerator<{ calls: CallLog[]; isLast: boolean }> {
  const query = {
    agent_id: agentId,
    page_size: status === undefined ? Math.min(limit, 100) : 100,
    ...(assistant !== undefined && { assistant_id: assistant }),
  }
  const windows =
    from === undefined ? [undefined] : [...cutSpans([{ start: from, end: to }])].toReversed()
  const seen = new Set<number>()
  for (const window of windows) {
    const range = {
      ...(window && { timestamp_from: new Date(window.start).toISOString() }),
      timestamp_to: new Date(window?.end ?? to).toISOString(),
    }
    for await (const page of client.callLogs.list({ ...query, ...range }, { signal }).pages()) {
      // Neighbouring windows share an instant.
      const calls = page.results.filter(({ id }) => !seen.has(id))
      for (const { id } of calls) seen.add(id)
      yield { calls, isLast: page.next === null && window === windows.at(-1) }
    }
  }
}

/** Lists an agent's calls. */
export async function runList(
  client: CekuraClient,
  plan: ListPlan,
  output: CallOutput,
  context: Context,
): Promise<void> {
  const { err, io } = context
  const writer = createCallWriter(context, output)
  const shown: CallLog[] = []
  let read = 0
  let mayBeMore = false
  err.note(`Window: ${describeRange(plan)} (UTC).`)
  for await (const { calls, isLast } of readPages(client, plan, io.signal)) {
    read += calls.length
    const wanted = calls.filter(({ status }) => plan.status === undefined || status === plan.status)
    const fitting = wanted.slice(0, plan.limit - shown.length)
    for (const call of fitting) await writer.write(call)
    shown.push(...fitting)
    mayBeMore = wanted.length > fitting.length || !isLast
    if (shown.length === plan.limit) break
  }
  if (shown.length < plan.limit) mayBeMore = false
  const range = {
    from: plan.from === undefined ? null : new Date(plan.from).toISOString(),
    to: new Date(plan.to).toISOString(),
  }
  await writer.end({ agent_id: plan.agentId, window: range, is_complete: !mayBeMore })
  const filtered = plan.status === undefined ? '' : ` Read ${read} to filter by status.`
  const more = mayBeMore ? ` There may be more: --limit ${plan.limit * 10}, or export for all.` : ''
  err.note(`${summariseCalls(shown)}${filtered}${more}`)
}
