import type { Bump } from './bump.ts'

/**
 * - `review`: a person must look, because no rule knows what the edit means.
 * - `policy`: a validator can call it breaking, but no TypeScript code depends on it.
 */
type Mark = 'review' | 'policy'

/** One row: the kind of an edit, the bump that it needs, and why no consumer breaks. */
type SafeEdit = readonly [
  kind: string,
  bump: Exclude<Bump, 'major'>,
  reason: string,
  ...marks: Mark[],
]

/**
 * Every edit that needs less than a major. What is not in this table is breaking. Each row is
 * proven in `safe-edits.test.ts`, by payloads and by compiled consumers.
 */
export const safeEdits: readonly SafeEdit[] = [
  ['docs-changed', 'patch', 'editors show the new text'],
  ['deprecated', 'minor', 'announces a removal'],
  ['deprecation-withdrawn', 'patch', 'withdraws an announcement'],
  ['server-changed', 'patch', 'callers choose the base URL; the default moves', 'review'],
  // Names.
  ['path-added', 'minor', 'a new path'],
  ['operation-added', 'minor', 'a new operation'],
  ['operation-id-added', 'minor', 'a new name in `operations`'],
  ['component-added', 'minor', 'a new exported name'],
  ['callback-added', 'minor', 'sent to those who subscribe'],
  ['security-relaxed', 'minor', 'callers may keep what they use'],
  // Calls.
  ['request-parameter-added', 'minor', 'calls may omit it'],
  ['request-body-added', 'minor', 'calls may omit it'],
  ['request-media-type-added', 'minor', 'calls may keep the one they use'],
  ['request-became-optional', 'minor', 'calls may now omit it'],
  ['request-empty-value-accepted', 'minor', 'calls may now send it empty'],
  ['request-default-added', 'patch', 'calls may still omit it'],
  ['request-default-changed', 'minor', 'omitting it now means something else', 'review'],
  ['request-default-removed', 'minor', 'omitting it may mean something else', 'review'],
  ['request-property-default-changed', 'minor', 'omitting it now means something else', 'review'],
  ['request-property-default-removed', 'minor', 'omitting it may mean something else', 'review'],
  // What a consumer writes: everything that was accepted still is.
  ['request-property-added', 'minor', 'requests may omit it'],
  ['request-value-added', 'minor', 'requests may now contain it'],
  ['request-values-opened', 'minor', 'every old value is still accepted'],
  ['request-type-widened', 'minor', 'every old value is still accepted'],
  ['request-type-lost', 'minor', 'every value is accepted'],
  ['request-type-written', 'patch', 'types were already an object', 'policy'],
  ['request-type-implied', 'patch', 'every old value is still accepted'],
  ['request-number-widened', 'minor', 'fractions are now accepted'],
  ['request-null-added', 'minor', 'requests may now contain null'],
  ['request-alternative-added', 'minor', 'requests may now use it'],
  ['request-bound-relaxed', 'patch', 'every old value is still accepted'],
  ['request-list-may-be-empty', 'patch', 'every old value is still accepted'],
  ['request-pattern-removed', 'patch', 'every old value is still accepted'],
  ['request-format-removed', 'patch', 'every old value is still accepted'],
  ['request-format-widened', 'patch', 'every old value is still accepted'],
  ['request-additional-properties-none-to-unsaid', 'patch', 'every old value is still accepted'],
  ['request-additional-properties-none-to-any', 'minor', 'others are now accepted'],
  ['request-additional-properties-unsaid-to-any', 'minor', 'types now allow any other property'],
  ['request-additional-properties-schema-to-any', 'minor', 'others may have any value'],
  ['request-alternatives-became-inclusive', 'patch', 'values may now match several alternatives'],
  ['request-read-only-added', 'minor', 'the API ignores it from now on', 'review'],
  ['request-write-only-added', 'patch', 'requests do not change'],
  ['request-write-only-removed', 'patch', 'requests do not change'],
  // What the API ignores in a request.
  ['read-only-limit-changed', 'patch', 'the API ignores what requests contain'],
  // What a consumer reads: everything that is sent was possible before.
  ['response-status-added-like-others', 'minor', 'its body is one that readers know'],
  ['response-status-added-first-error', 'minor', 'readers had no error to rely on'],
  ['response-status-added-without-body', 'minor', 'neither `data` nor `error` changes'],
  ['response-media-type-added-like-others', 'minor', 'its body is one that readers know'],
  ['response-header-added', 'minor', 'readers may ignore it'],
  ['response-property-added', 'minor', 'readers may ignore it'],
  ['response-property-added-required', 'minor', 'readers may ignore it; test data must add it'],
  ['response-became-required', 'minor', 'readers get more; test data must add it'],
  ['response-null-removed', 'minor', 'readers get a value each time'],
  ['response-read-only-added', 'minor', 'only code that assigns to it notices'],
  ['response-read-only-removed', 'patch', 'readers do not notice'],
  ['response-write-only-removed', 'minor', 'the API now sends it'],
  ['response-type-written', 'patch', 'readers do not notice'],
  ['response-type-implied', 'patch', 'types are still an object', 'review', 'policy'],
  ['response-number-narrowed', 'patch', 'integers are numbers'],
  ['response-format-added', 'patch', 'readers can parse what is sent'],
  ['response-format-narrowed', 'patch', 'readers can parse what is sent'],
  ['response-default-added', 'patch', 'readers do not notice'],
  ['response-default-changed', 'patch', 'readers get what is sent'],
  ['response-default-removed', 'patch', 'readers get what is sent'],
  ['response-property-default-added', 'patch', 'readers do not notice'],
  ['response-property-default-changed', 'patch', 'readers get what is sent'],
  ['response-additional-properties-unsaid-to-any', 'minor', 'types now allow any other property'],
  ['response-additional-properties-none-to-any', 'minor', 'types now allow others', 'policy'],
  ['response-additional-properties-none-to-unsaid', 'patch', 'readers ignore unknown ones'],
  ['response-additional-properties-unsaid-to-none', 'patch', 'nothing new is sent'],
  ['response-bound-changed', 'patch', 'no reader depends on a bound', 'policy'],
  ['response-bound-tightened', 'patch', 'readers get nothing that was not possible'],
  ['response-bound-relaxed', 'patch', 'no reader depends on a bound', 'policy'],
  ['response-list-may-be-empty', 'patch', 'the first item may be missing', 'review', 'policy'],
  ['response-pattern-added', 'patch', 'readers get nothing that was not possible'],
  ['response-pattern-changed', 'patch', 'a parser of the string may fail', 'review', 'policy'],
  ['response-pattern-removed', 'patch', 'a parser of the string may fail', 'review', 'policy'],
]
