import { expect, test } from 'vitest'
import { encodeJson } from './encode-json.ts'
import { escapeControlCharacters } from './escape-control-characters.ts'

test.each([
  ['a color', 'a\u001b[31mb', 'ab'],
  ['a screen that is wiped', '\u001b[2J\u001b[Hb', 'b'],
  ['the clipboard, OSC 52', 'a\u001b]52;c;cm0gLXJm\u0007b', 'ab'],
  ['a link, OSC 8', '\u001b]8;;https://evil.test\u001b\\a\u001b]8;;\u001b\\b', 'ab'],
  ['a title that does not end', 'a\u001b]0;rest', 'a'],
  ['a device control', 'a\u001bPq#1\u001b\\b', 'ab'],
  ['the same in one byte', 'a\u009b31mb\u009d0;x\u009cc', 'abc'],
  ['a line that is written over', 'safe\rrm', 'safe rm'],
  ['a letter that is taken back', 'ab\bc', 'ab c'],
  ['writing turned round', 'a\u202egpj.exe', 'a gpj.exe'],
  ['invisible characters', 'ad\u200bmin\ufeff', 'admin'],
  ['line breaks', 'a\nb\u2028c\td', 'a b c d'],
  ['what people write', 'Grüße 你好 ✓', 'Grüße 你好 ✓'],
])('%s', (_, text, want) => {
  expect(escapeControlCharacters(text)).toBe(want)
})

test('JSON keeps the text and shows it escaped', () => {
  const text = 'a\u001b[31m\u009b1m\u202e\u007f'
  const json = encodeJson({ text })
  // oxlint-disable-next-line no-control-regex -- what must not be there
  expect(json).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/)
  expect(JSON.parse(json)).toEqual({ text })
})
