import type { Bump } from './bump.ts'

export interface SafeEdit {
  bump: Exclude<Bump, 'major'>
  reason: string
  /** A person must look, because a rule cannot know what it means. */
  review?: true
  /**
   * A validator can call it breaking and readers do not: no TypeScript code depends on a bound,
   * a pattern or an order of what it reads.
   */
  policy?: true
}

/**
 * Every edit that needs less than a major. What is not in this table is breaking. Each row is
 * proven in `safe-edits.test.ts`, by payloads and by compiled consumers.
 */
export const safeEdits = {
  'docs-changed': { bump: 'patch', reason: 'editors show the new text' },
  deprecated: { bump: 'minor', reason: 'announces a removal' },
  'deprecation-withdrawn': { bump: 'patch', reason: 'withdraws an announcement' },
  'server-changed': {
    bump: 'patch',
    reason: 'callers choose the base URL; the default moves',
    review: true,
  },

  // Names.
  'path-added': { bump: 'minor', reason: 'a new path' },
  'operation-added': { bump: 'minor', reason: 'a new operation' },
  'operation-id-added': { bump: 'minor', reason: 'a new name in `operations`' },
  'component-added': { bump: 'minor', reason: 'a new exported name' },
  'callback-added': { bump: 'minor', reason: 'sent to those who subscribe' },
  'security-relaxed': { bump: 'minor', reason: 'callers may keep what they use' },

  // Calls.
  'request-parameter-added': { bump: 'minor', reason: 'calls may omit it' },
  'request-body-added': { bump: 'minor', reason: 'calls may omit it' },
  'request-media-type-added': { bump: 'minor', reason: 'calls may keep the one they use' },
  'request-became-optional': { bump: 'minor', reason: 'calls may now omit it' },
  'request-empty-value-accepted': { bump: 'minor', reason: 'calls may now send it empty' },
  'request-default-added': { bump: 'patch', reason: 'calls may still omit it' },
  'request-default-changed': {
    bump: 'minor',
    reason: 'omitting it now means something else',
    review: true,
  },
  'request-default-removed': {
    bump: 'minor',
    reason: 'omitting it may mean something else',
    review: true,
  },
  'request-property-default-changed': {
    bump: 'minor',
    reason: 'omitting it now means something else',
    review: true,
  },
  'request-property-default-removed': {
    bump: 'minor',
    reason: 'omitting it may mean something else',
    review: true,
  },

  // What a consumer writes: everything that was accepted still is.
  'request-property-added': { bump: 'minor', reason: 'requests may omit it' },
  'request-value-added': { bump: 'minor', reason: 'requests may now contain it' },
  'request-values-opened': { bump: 'minor', reason: 'every old value is still accepted' },
  'request-type-widened': { bump: 'minor', reason: 'every old value is still accepted' },
  'request-type-lost': { bump: 'minor', reason: 'every value is accepted' },
  'request-type-written': {
    bump: 'patch',
    reason: 'types were already an object because of its properties',
    policy: true,
  },
  'request-type-implied': { bump: 'patch', reason: 'every old value is still accepted' },
  'request-number-widened': { bump: 'minor', reason: 'fractions are now accepted' },
  'request-null-added': { bump: 'minor', reason: 'requests may now contain null' },
  'request-alternative-added': { bump: 'minor', reason: 'requests may now use it' },
  'request-bound-relaxed': { bump: 'patch', reason: 'every old value is still accepted' },
  'request-list-may-be-empty': { bump: 'patch', reason: 'every old value is still accepted' },
  'request-pattern-removed': { bump: 'patch', reason: 'every old value is still accepted' },
  'request-format-removed': { bump: 'patch', reason: 'every old value is still accepted' },
  'request-format-widened': { bump: 'patch', reason: 'every old value is still accepted' },
  'request-multipleOf-removed': { bump: 'patch', reason: 'every old value is still accepted' },
  'request-multipleOf-relaxed': { bump: 'patch', reason: 'every old value is still accepted' },
  'request-uniqueItems-removed': { bump: 'patch', reason: 'every old value is still accepted' },
  'request-additional-properties-none-to-unsaid': {
    bump: 'patch',
    reason: 'every old value is still accepted',
  },
  'request-additional-properties-none-to-any': {
    bump: 'minor',
    reason: 'requests may now contain any other property',
  },
  'request-additional-properties-unsaid-to-any': {
    bump: 'minor',
    reason: 'types now allow any other property',
  },
  'request-additional-properties-schema-to-any': {
    bump: 'minor',
    reason: 'other properties may now have any value',
  },
  'request-alternatives-became-inclusive': {
    bump: 'patch',
    reason: 'values may now match several alternatives',
  },
  'request-read-only-added': {
    bump: 'minor',
    reason: 'the API ignores it from now on',
    review: true,
  },
  'request-read-only-removed': {
    bump: 'minor',
    reason: 'the API no longer ignores it',
    review: true,
  },
  'request-write-only-added': { bump: 'patch', reason: 'requests do not change' },
  'request-write-only-removed': { bump: 'patch', reason: 'requests do not change' },

  // What the API ignores in a request.
  'read-only-bound-tightened': { bump: 'patch', reason: 'the API ignores what requests contain' },
  'read-only-bound-relaxed': { bump: 'patch', reason: 'the API ignores what requests contain' },
  'read-only-list-may-be-empty': { bump: 'patch', reason: 'the API ignores what requests contain' },
  'read-only-pattern-added': { bump: 'patch', reason: 'the API ignores what requests contain' },
  'read-only-pattern-changed': { bump: 'patch', reason: 'the API ignores what requests contain' },
  'read-only-format-added': { bump: 'patch', reason: 'the API ignores what requests contain' },
  'read-only-format-changed': { bump: 'patch', reason: 'the API ignores what requests contain' },
  'read-only-format-narrowed': { bump: 'patch', reason: 'the API ignores what requests contain' },

  // What a consumer reads: everything that is sent was possible before.
  'response-status-added-like-others': {
    bump: 'minor',
    reason: 'its body is one that readers know',
  },
  'response-status-added-first-error': {
    bump: 'minor',
    reason: 'no error was documented that readers could expect',
  },
  'response-status-added-without-body': {
    bump: 'minor',
    reason: 'neither `data` nor `error` changes',
  },
  'response-media-type-added-like-others': {
    bump: 'minor',
    reason: 'its body is one that readers know',
  },
  'response-header-added': { bump: 'minor', reason: 'readers may ignore it' },
  'response-property-added': { bump: 'minor', reason: 'readers may ignore it' },
  'response-property-added-required': {
    bump: 'minor',
    reason: 'readers may ignore it; code that builds such objects must add it',
  },
  'response-became-required': {
    bump: 'minor',
    reason: 'readers get more; code that builds such objects must add it',
  },
  'response-null-removed': { bump: 'minor', reason: 'readers get a value each time' },
  'response-read-only-added': { bump: 'minor', reason: 'only code that assigns to it notices' },
  'response-read-only-removed': { bump: 'patch', reason: 'readers do not notice' },
  'response-write-only-removed': { bump: 'minor', reason: 'the API now sends it' },
  'response-type-written': { bump: 'patch', reason: 'readers do not notice' },
  'response-type-implied': {
    bump: 'patch',
    reason: 'types are still an object because of its properties',
    review: true,
    policy: true,
  },
  'response-number-narrowed': { bump: 'patch', reason: 'integers are numbers' },
  'response-format-added': { bump: 'patch', reason: 'readers can parse what is sent' },
  'response-format-narrowed': { bump: 'patch', reason: 'readers can parse what is sent' },
  'response-default-added': { bump: 'patch', reason: 'readers do not notice' },
  'response-default-changed': { bump: 'patch', reason: 'readers get what is sent' },
  'response-default-removed': { bump: 'patch', reason: 'readers get what is sent' },
  'response-property-default-added': { bump: 'patch', reason: 'readers do not notice' },
  'response-property-default-changed': { bump: 'patch', reason: 'readers get what is sent' },
  'response-additional-properties-unsaid-to-any': {
    bump: 'minor',
    reason: 'types now allow any other property',
  },
  'response-additional-properties-none-to-any': {
    bump: 'minor',
    reason: 'types now allow any other property',
    policy: true,
  },
  'response-additional-properties-none-to-unsaid': {
    bump: 'patch',
    reason: 'readers ignore properties they do not know',
  },
  'response-additional-properties-unsaid-to-none': {
    bump: 'patch',
    reason: 'readers get nothing that was not possible',
  },
  'response-bound-tightened': {
    bump: 'patch',
    reason: 'readers get nothing that was not possible',
  },
  'response-bound-relaxed': { bump: 'patch', reason: 'no reader depends on a bound', policy: true },
  'response-list-may-be-empty': {
    bump: 'patch',
    reason: 'a reader of the first item may find none',
    review: true,
    policy: true,
  },
  'response-pattern-added': { bump: 'patch', reason: 'readers get nothing that was not possible' },
  'response-pattern-changed': {
    bump: 'patch',
    reason: 'a reader that takes the string apart may fail',
    review: true,
    policy: true,
  },
  'response-pattern-removed': {
    bump: 'patch',
    reason: 'a reader that takes the string apart may fail',
    review: true,
    policy: true,
  },
  'response-multipleOf-added': {
    bump: 'patch',
    reason: 'readers get nothing that was not possible',
  },
  'response-multipleOf-removed': {
    bump: 'patch',
    reason: 'no reader depends on a step',
    policy: true,
  },
  'response-uniqueItems-added': {
    bump: 'patch',
    reason: 'readers get nothing that was not possible',
  },
  'response-uniqueItems-removed': {
    bump: 'patch',
    reason: 'no reader depends on it',
    policy: true,
  },
} as const satisfies { [kind: string]: SafeEdit }
