/** What the client advises those who call it from code, as somebody at a prompt can do it. */
const words: readonly (readonly [RegExp, string])[] = [
  [/lower page_size or raise maxResponseBytes/, 'ask for fewer calls at a time'],
  [/lower page_size or raise timeout/, 'give it more time'],
  [/pass maxPages/, 'it is stopped here'],
  [/check baseUrl/, 'check the address'],
  [/^Cannot call the API: baseUrl is /, 'Cannot use the base URL: it is '],
  [/^Cannot call the API: apiKey is "\*\*\*"/, 'Cannot use the API key'],
  [/^Cannot call the API: agent_id is /, 'Cannot use --agent: it is '],
  [/^Cannot call the API: call_ids is /, 'Cannot use the ids: they are '],
  [/\bapiKey\(\) failed/, 'the API key cannot be read'],
]

/** A message of the client without the names of options that only code can set. */
export const tellClientMessage = (message: string): string =>
  words.reduce((text, [pattern, own]) => text.replace(pattern, own), message)
