import type { Change } from './classify.ts'
import type { breakingEdits } from './breaking-edits.ts'

type BreakingEdit = keyof typeof breakingEdits

const pass = 'pass {name}'
const stopPassing = 'stop passing {name}'
const handleNew = 'handle the new case of {name}'
const handleMissing = 'handle a missing {name}'
const removeReads = 'remove the code that reads {name}'
const rename = 'use the new name, or remove the code that uses {name}'

/** What a consumer does about an edit, where "send" or "read" it differently is not the whole answer. */
const fixes: { [edit in BreakingEdit]?: string } = {
  'path-removed': 'remove the calls of {name}',
  'operation-removed': 'remove the calls of {name}',
  'operation-id-removed': rename,
  'component-removed': rename,
  'callback-removed': removeReads,
  'security-tightened': 'check what your API key may do',
  'request-parameter-removed': stopPassing,
  'request-body-removed': stopPassing,
  'request-property-removed': stopPassing,
  'request-property-moved-out-of-closed-object': stopPassing,
  'request-parameter-added-required': pass,
  'request-body-added-required': pass,
  'request-cookie-parameter-added-required': pass,
  'request-became-required': pass,
  'request-property-added-required': pass,
  'request-property-default-added': pass,
  'request-body-added-without-json': 'call it with `client.raw`',
  'request-cookie-parameter-added': 'call it with `client.raw`',
  'response-status-removed': removeReads,
  'response-body-removed': removeReads,
  'response-media-type-removed': removeReads,
  'response-header-removed': removeReads,
  'response-property-removed': removeReads,
  'response-value-removed': removeReads,
  'response-alternative-removed': removeReads,
  'response-became-optional': handleMissing,
  'response-property-default-removed': handleMissing,
  'response-write-only-added': handleMissing,
  'response-null-added': 'handle `null` in {name}',
  'response-status-added-success': handleNew,
  'response-status-added-error': handleNew,
  'response-media-type-added': handleNew,
  'response-value-added': handleNew,
  'response-values-opened': handleNew,
  'response-alternative-added': handleNew,
  'response-exclusive-alternative-added': handleNew,
}

/** What the user of a changed API must do; `name` is printed for the parameter, property or schema. */
export function fixFor({ breaking, kind, review }: Change, name: string): string {
  if (!breaking) return review ? 'check whether it affects you' : 'nothing'
  const usual = kind.startsWith('request')
    ? 'send only what {name} now allows'
    : 'adapt the code that reads {name}'
  return (fixes[kind as BreakingEdit] ?? usual).replace('{name}', name)
}
