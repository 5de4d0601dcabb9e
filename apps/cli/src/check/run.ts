import { createCallCounter, minEvaluatedCalls } from '@cekura-kit/call-format'
import { formatTime } from '../config/time.ts'
import type { Context } from '../context.ts'
import { exitCodes, type ExitCode } from '../errors/command-error.ts'
import { readRange } from '../stats/read-range.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import type { ProgressMode } from '../terminal/progress.ts'
import { checkLimits, type CheckPlan } from './plan.ts'

/** Checks the calls of a range against limits; prints a line per breach. */
export async function runCheck(
  plan: CheckPlan,
  { json, progress, tz }: { json: boolean | undefined; progress: ProgressMode; tz: string },
  context: Context,
): Promise<ExitCode> {
  const { err, out } = context
  const { from, to, agentId } = plan
  if (!json) err.note(`Range: ${formatTime(from, tz)} to ${formatTime(to, tz)}.`)
  const counter = createCallCounter()
  await readRange(plan, (call) => counter.add({ ...call }), { context, mode: progress })
  const results = checkLimits(plan, counter.end())
  const breached = results.filter(({ result }) => result === 'breached')
  const isPassed = breached.length === 0
  if (json) {
    const window = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
    const limits = results.map(({ limit, value, expected, calls, result }) => ({
      limit,
      value,
      expected,
      calls,
      result,
    }))
    const document = { schema_version: 1, agent_id: agentId, window, passed: isPassed, limits }
    await out.write(`${encodeJson(document, 2)}\n`)
  } else for (const { text } of breached) await out.write(`Breach: ${text}.\n`)
  for (const { text, result } of results)
    if (result === 'too_few_calls')
      err.warn(`Not checked, below ${minEvaluatedCalls} calls: ${text}.`)
    else if (result === 'passed') err.note(`Passed: ${text}.`)
  return isPassed ? exitCodes.done : exitCodes.failed
}
