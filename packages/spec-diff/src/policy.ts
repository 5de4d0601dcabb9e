import type { Bump } from './change.ts'

interface Rule {
  bump: Bump
  reason: string
  /** A person must look. */
  review?: true
}

/**
 * Every kind of change and the bump it needs, one reason per row.
 *
 * `request-*` is what a caller writes, `response-*` what a reader gets. The first half is
 * seen in the generated types, the second half only in the documents.
 */
export const policy = {
  // Names and operations, seen in the types.
  'path-removed': { bump: 'major', reason: 'calls name the path template' },
  'path-added': { bump: 'minor', reason: 'nobody calls it yet' },
  'operation-removed': { bump: 'major', reason: 'calls of it no longer compile' },
  'operation-added': { bump: 'minor', reason: 'nobody calls it yet' },
  'operation-id-removed': { bump: 'major', reason: '`operations` is exported by this name' },
  'operation-id-added': { bump: 'minor', reason: 'a new name in `operations`' },
  'component-removed': { bump: 'major', reason: '`components` is exported by this name' },
  'component-added': { bump: 'minor', reason: 'a new name in `components`' },

  // What a caller writes.
  'request-parameter-removed': {
    bump: 'major',
    reason: 'passing it no longer compiles, and on the wire it silently does nothing',
  },
  'request-parameter-added-required': {
    bump: 'major',
    reason: 'calls without it no longer compile',
  },
  'request-parameter-added': { bump: 'minor', reason: 'callers may leave it out' },
  'request-became-required': { bump: 'major', reason: 'calls without it no longer compile' },
  'request-became-optional': { bump: 'minor', reason: 'callers may now leave it out' },
  'request-property-removed': { bump: 'major', reason: 'passing it no longer compiles' },
  'request-property-added-required': {
    bump: 'major',
    reason: 'requests without it no longer compile',
  },
  'request-property-added': { bump: 'minor', reason: 'callers may leave it out' },
  'request-body-removed': { bump: 'major', reason: 'passing a body no longer compiles' },
  'request-body-added': { bump: 'minor', reason: 'callers may leave it out' },
  'request-body-added-required': { bump: 'major', reason: 'calls without it no longer compile' },
  'request-media-type-removed': { bump: 'major', reason: 'the media type is indexed by name' },
  'request-media-type-added': { bump: 'minor', reason: 'callers may keep the one they use' },
  'request-enum-value-removed': { bump: 'major', reason: 'passing it no longer compiles' },
  'request-enum-value-added': { bump: 'minor', reason: 'callers may now pass it' },
  'request-type-narrowed': { bump: 'major', reason: 'what was accepted is no longer' },
  'request-type-widened': { bump: 'minor', reason: 'what was accepted still is' },
  'request-type-changed': { bump: 'major', reason: 'what was accepted is no longer' },
  'request-rejects-null': { bump: 'major', reason: 'passing null no longer compiles' },
  'request-accepts-null': { bump: 'minor', reason: 'callers may now pass null' },

  // What a reader gets.
  'response-property-removed': { bump: 'major', reason: 'reading it no longer compiles' },
  'response-property-added': { bump: 'minor', reason: 'readers may ignore it' },
  'response-became-optional': { bump: 'major', reason: 'readers do not expect it to be missing' },
  'response-became-required': {
    bump: 'minor',
    reason: 'readers get more; code that builds such objects (fixtures) must add it',
  },
  'response-became-nullable': { bump: 'major', reason: 'readers do not expect null' },
  'response-never-null': { bump: 'minor', reason: 'readers get more' },
  'response-became-readonly': { bump: 'minor', reason: 'only code that assigns to it notices' },
  'response-became-writable': { bump: 'patch', reason: 'readers do not notice' },
  'response-enum-value-added': { bump: 'major', reason: 'exhaustive code does not know the value' },
  'response-enum-value-removed': {
    bump: 'major',
    reason: 'comparing with it no longer compiles',
  },
  'response-enum-opened': { bump: 'major', reason: 'readers rely on the listed values' },
  'response-type-narrowed': { bump: 'major', reason: 'branches for the lost type do not compile' },
  'response-type-widened': { bump: 'major', reason: 'readers do not expect the new type' },
  'response-type-changed': { bump: 'major', reason: 'readers expect the old type' },
  'response-type-lost': { bump: 'major', reason: 'readers get `unknown`' },
  'response-type-given': { bump: 'major', reason: 'casts of the former `unknown` may not compile' },
  'response-body-removed': { bump: 'major', reason: 'reading it no longer compiles' },
  'response-body-added': { bump: 'major', reason: '`data` or `error` may now be another shape' },
  'response-status-removed': { bump: 'major', reason: 'responses are indexed by status' },
  'response-status-added': { bump: 'minor', reason: 'its body fits what readers expect already' },
  'response-status-added-success': {
    bump: 'major',
    reason: '`data` becomes a union of different bodies',
  },
  'response-status-added-error': {
    bump: 'major',
    reason: '`error` becomes a union of different bodies, or no longer tells that `data` is there',
  },
  'response-media-type-removed': { bump: 'major', reason: 'the media type is indexed by name' },
  'response-media-type-added': { bump: 'minor', reason: 'its body fits what readers expect' },
  'response-header-removed': { bump: 'major', reason: 'reading it gives `unknown`' },
  'response-header-added': { bump: 'minor', reason: 'readers may ignore it' },

  // Seen only in the documents: the types stay silent.
  'security-tightened': { bump: 'major', reason: 'a caller that was let in no longer is' },
  'security-relaxed': { bump: 'minor', reason: 'callers may keep what they use' },
  'request-bound-tightened': { bump: 'major', reason: 'values that passed are now refused' },
  'request-bound-relaxed': { bump: 'patch', reason: 'values that passed still do' },
  'request-format-narrowed': { bump: 'major', reason: 'values that passed are now refused' },
  'request-format-widened': { bump: 'patch', reason: 'values that passed still do' },
  'request-additional-properties-refused': {
    bump: 'major',
    reason: 'bodies with other properties are now refused',
  },
  'request-additional-properties-accepted': {
    bump: 'patch',
    reason: 'bodies that passed still do',
  },
  'request-number-narrowed': { bump: 'major', reason: 'fractions are now refused' },
  'request-number-widened': { bump: 'minor', reason: 'fractions are now accepted' },
  'request-serialization-changed': {
    bump: 'major',
    reason: 'the same value is written differently into the request',
  },
  'request-default-added': {
    bump: 'patch',
    reason: 'leaving it out still works',
  },
  'request-default-added-to-component': {
    bump: 'major',
    reason: 'a generator with its usual settings makes a property with a default required',
  },
  'request-default-changed': {
    bump: 'minor',
    reason: 'leaving it out now means something else',
    review: true,
  },
  'response-default-removed': {
    bump: 'major',
    reason: 'a generator with its usual settings makes a property without a default optional',
  },
  'request-became-readonly': {
    bump: 'minor',
    reason: 'the service ignores it from now on',
    review: true,
  },
  'response-became-write-only': { bump: 'major', reason: 'the service no longer sends it' },
  'response-no-longer-write-only': { bump: 'minor', reason: 'the service now sends it' },
  'response-bound-changed': { bump: 'patch', reason: 'no reader depends on a bound' },
  'response-format-changed': { bump: 'major', reason: 'a reader that parses the text can fail' },
  'response-format-narrowed': { bump: 'patch', reason: 'what readers can parse is still sent' },
  'response-number-widened': { bump: 'major', reason: 'readers of whole numbers get fractions' },
  'response-number-narrowed': { bump: 'patch', reason: 'whole numbers are numbers' },
  'server-changed': {
    bump: 'patch',
    reason: 'callers choose the base URL; the default moves',
    review: true,
  },
  deprecated: { bump: 'minor', reason: 'announces a removal' },
  undeprecated: { bump: 'patch', reason: 'takes an announcement back' },
  'docs-changed': { bump: 'patch', reason: 'editors show the new text' },
  'document-changed': { bump: 'patch', reason: 'the shipped document differs' },
} as const satisfies { [kind: string]: Rule }

export type ChangeKind = keyof typeof policy
