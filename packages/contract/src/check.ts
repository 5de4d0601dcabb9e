import type { Target } from './target.ts'

/**
 * What a check needs of its target, beyond answering over HTTP.
 *
 * - `document`: the document the target serves is at hand
 * - `prefer`: a `Prefer` header chooses a status and an example
 * - `dynamic`: a `Prefer` header asks for made-up bodies, by seed
 * - `proxy`: the target's engine can be put in front of another service, to judge its answers
 * - `stateful`: answers come from data, so pages and filters mean something
 * - `known`: what the data holds is known, and it does not change by itself
 * - `control`: data can be inserted, changed, deleted and reset
 * - `faults`: the next answers can be scripted
 * - `violations`: answers pass a verifier that reports what it finds
 * - `writes`: may receive methods other than GET and HEAD; never true of a service
 * - `keys`: keys are told apart, so that a made-up one is refused
 * - `expendable`: may be asked often and wrongly; never true of a service that others use
 */
export type Need =
  | 'document'
  | 'prefer'
  | 'dynamic'
  | 'proxy'
  | 'stateful'
  | 'known'
  | 'control'
  | 'faults'
  | 'violations'
  | 'writes'
  | 'keys'
  | 'expendable'

/** Layers of the suite, in the order they run: cheap and telling ones first. */
export const layers = {
  L0: 'the document itself',
  L2b: 'parameters, judged directly',
  L1: 'what is accepted',
  L2: 'what is refused',
  L3: 'named examples',
  L4: 'made-up bodies',
  L5: 'answers of an adversary, judged by the proxy',
  B: 'behaviour',
} as const

export type Layer = keyof typeof layers

export interface Check {
  /** Unique and stable for the same document; starts with the layer. */
  id: string
  layer: Layer
  /** A rule. */
  title: string
  needs: readonly Need[]
  /**
   * Where the rule comes from: `documented` by the document's own words, or `inferred` from the
   * framework behind the service. A live service that breaks an inferred rule differs, not fails.
   */
  origin: 'documented' | 'inferred'
  /** Throws when the rule is broken. What it returns is worth reading beside a pass. */
  run(target: Target): Promise<string | void>
}

/** What prevents a run, in one message with the fix. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Whether a request with this method only reads. */
export const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD'

/** A rule that does not hold; the message says what was asked, what came and what was wanted. */
export class BrokenRule extends Error {
  override readonly name = 'BrokenRule'
}

/** @throws {BrokenRule} with the sentence when the condition does not hold */
export function expectThat(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new BrokenRule(sentence)
}
