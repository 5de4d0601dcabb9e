/** Foreign text as a Markdown code span, in which no mention, link, table or HTML comes to life. */
export function codeSpan(text: string, maxCharacters = 500): string {
  const line = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  if (!line) return ''
  const shown = line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line
  const runs = (shown.match(/`+/g) ?? []).map((run) => run.length)
  const fence = '`'.repeat(Math.max(0, ...runs) + 1)
  const pad = runs.length > 0 ? ' ' : ''
  return `${fence}${pad}${shown.replaceAll('|', '\\|')}${pad}${fence}`
}
