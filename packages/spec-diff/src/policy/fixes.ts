import type { Change } from './classify.ts'

/** What a consumer does about breaking edits; the first that matches. */
const fixes: readonly [kinds: RegExp, fix: string][] = [
  [/^(path|operation)-removed/, 'remove the calls of {name}'],
  [/^(operation-id|component)-removed/, 'use the new name, or remove the code that uses {name}'],
  [/^security-/, 'check what your API key may do'],
  [/^request-(body-added-without-json|cookie-parameter-added$)/, 'call it with `client.raw`'],
  [/^request-.*(-required|-default-added)$/, 'pass {name}'],
  [/^request-(parameter|body|property)-(removed|moved)/, 'stop passing {name}'],
  [/^request-/, 'send only what {name} now allows'],
  [/-(became-optional|default-removed|write-only-added)$/, 'handle a missing {name}'],
  [/-null-added$/, 'handle `null` in {name}'],
  [
    /-(status|body|type|header|property|value|alternative|callback)-removed$|^callback/,
    'remove the code that reads {name}',
  ],
  [/-(status|media-type|value|alternative)-added|-opened$/, 'handle the new case of {name}'],
  [/^/, 'adapt the code that reads {name}'],
]

/** What the user of a changed API must do; `name` is printed for the parameter, property or schema. */
export function fixFor({ breaking, kind, review }: Change, name: string): string {
  if (!breaking) return review ? 'check whether it affects you' : 'nothing'
  const [, fix] = fixes.find(([kinds]) => kinds.test(kind))!
  return fix.replace('{name}', name)
}
