import { createCallCounter, minEvaluatedCalls } from '@cekura-kit/call-format'
import { toWindow } from '../config/plan-range.ts'
import { formatTime } from '../config/time.ts'
import type { Context } from '../context.ts'
import { exitCodes, type ExitCode } from '../errors/command-error.ts'
import { readRange } from '../stats/read-range.ts'
import { encodeJson } from '../terminal/encode-json.ts'
import { checkLimits, type CheckPlan } from './plan.ts'

/** Checks the calls of a range against limits; prints a line per breach. */
export async function runCheck(
  plan: CheckPlan,
  { json, tz }: { json: boolean | undefined; tz: string },
  context: Context,
): Promise<ExitCode> {
  const { err, out } = context
  const { from, to, agentId } = plan
  if (!json) err.note(`Range: ${formatTime(from, tz)} to ${formatTime(to, tz)}.`)
  const counter = createCallCounter()
  await readRange(plan, (call) => counter.add({ ...call }), context)
  const limits = checkLimits(plan, counter.end())
  const has = (wanted: string): boolean => limits.some(({ result }) => result === wanted)
  const passed = has('breached') ? false : has('too_few_calls') ? null : true
  if (json) {
    const shown = limits.map((each) => ({ ...each, text: undefined }))
    const document = { schema_version: 1, agent_id: agentId, window: toWindow(plan), passed }
    await out.write(`${encodeJson({ ...document, limits: shown }, 2)}\n`)
  }
  for (const { text, result } of limits)
    if (result === 'too_few_calls')
      err.warn(`Not checked, below ${minEvaluatedCalls} calls: ${text}.`)
    else if (result === 'passed') err.note(`Passed: ${text}.`)
    else if (!json) await out.write(`Breach: ${text}.\n`)
  if (passed === null) return exitCodes.unstable
  return passed ? exitCodes.done : exitCodes.failed
}
