import type { SpecDocument } from '@cekura-kit/spec'
import { listChecks } from '../plan-suite.ts'
import { runSuite, type SuiteOptions, type SuiteReport } from '../run-suite.ts'
import type { Answer } from '../target.ts'
import { collectShapes } from './collect-shapes.ts'
import { interview, type Interview } from './interview.ts'
import { createLiveTarget, type LiveOptions, type LiveSettings } from './live-target.ts'
import { compareShapes, uniteShapes, type Shapes } from './shape.ts'

export interface LiveReport extends SuiteReport {
  interview: Interview
  /** What was seen and never before, a sentence each; undefined when there was nothing to compare with. */
  findings?: string[]
  /** All shapes that were ever seen, this run's included. */
  shapes: Shapes
}

export interface LiveRunOptions extends SuiteOptions, Omit<LiveOptions, 'onAnswer' | 'now'> {
  /** Shapes of earlier runs. */
  known?: Shapes | undefined
  /** Milliseconds since 1970; default the clock. */
  nowMs?: number
}

/**
 * Holds a running service to the suite, asks it what its documentation leaves open, and compares
 * the shapes of its answers with those of earlier runs. The service is only read, and slowly.
 *
 * @throws {UsageError} when a setting is missing or wrong
 */
export async function runLive(
  document: SpecDocument,
  settings: LiveSettings,
  { known, nowMs = Date.now(), ...options }: LiveRunOptions = {},
): Promise<LiveReport> {
  const collector = collectShapes(document)
  const answers: Answer[] = []
  await using target = createLiveTarget(settings, {
    ...options,
    onAnswer(asked, answer) {
      answers.push(answer)
      collector.add(asked, answer)
    },
  })
  const report = await runSuite(listChecks(document), target, options)
  const told = await interview(document, target, { nowMs, answers })
  const seen = collector.shapes()
  return {
    ...report,
    interview: told,
    ...(known && { findings: compareShapes(known, seen) }),
    shapes: known ? uniteShapes(known, seen) : seen,
  }
}
