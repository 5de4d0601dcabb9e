/** First lines of every generated TypeScript file. */
export const banner = '// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.\n\n'

/** A string as TypeScript source, in single quotes where possible. */
export const quote = (text: string): string => {
  const json = JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
  return /['\\]/.test(json) ? json : `'${json.slice(1, -1)}'`
}

/** A property name as TypeScript source. */
export const propertyName = (name: string): string =>
  // As a plain key, `__proto__` would set the prototype.
  name === '__proto__' ? `['__proto__']` : /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)

const wrap = (text: string, width: number): string[] => {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < width)
      lines.push(`${lines.pop()} ${word}`)
    else lines.push(word)
  }
  return lines
}

/** A JSDoc comment from paragraphs of the document. Nothing in them can end the comment. */
export function comment(paragraphs: (string | undefined)[], indent = ''): string {
  const lines = paragraphs
    .filter((text): text is string => Boolean(text?.trim()))
    .map((text) => text.replaceAll('*/', '*\\/'))
    .flatMap((text, index) => {
      const wrapped = text
        .trim()
        .split(/\n\s*\n/)
        .flatMap((part, n) => [...(n > 0 ? [''] : []), ...wrap(part, 97 - indent.length)])
      return index > 0 && !text.startsWith('@') ? ['', ...wrapped] : wrapped
    })
  if (lines.length === 0) return ''
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`
  return `${indent}/**\n${lines.map((line) => `${indent} *${line && ` ${line}`}\n`).join('')}${indent} */\n`
}

/** Plain data as TypeScript source, one line when it fits. */
export function literal(value: unknown, indent = ''): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(', ')}]`
  const entries = Object.entries(value)
  const inner = `${indent}  `
  const flat = `{ ${entries.map(([key, item]) => `${propertyName(key)}: ${literal(item, inner)}`).join(', ')} }`
  if (entries.length === 0) return '{}'
  if (!flat.includes('\n') && flat.length + indent.length < 90) return flat
  const lines = entries.map(
    ([key, item]) => `${inner}${propertyName(key)}: ${literal(item, inner)},\n`,
  )
  return `{\n${lines.join('')}${indent}}`
}
