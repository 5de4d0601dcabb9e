import { expect, test } from 'vitest'
import { parseExact, restoreIntegers, withExactIntegers } from './exact-integers.ts'

const init = {
  method: 'GET',
  headers: {},
  redirect: 'manual' as const,
  signal: AbortSignal.any([]),
}

const read = async (body: string): Promise<string> => {
  const fetch = withExactIntegers(async () => new Response(body))
  const parsed: unknown = JSON.parse(await (await fetch('http://x.invalid/', init)).text())
  return restoreIntegers(JSON.stringify(parsed))
}

test.each([16, 17, 19, 40])('an integer of %i digits stays whole wherever it stands', async (n) => {
  const digits = '9'.repeat(n)
  for (let offset = 0; offset < 33; offset++) {
    const text = `{"a":"${'x'.repeat(offset)}","b":[-${digits},${digits}]}`
    expect(await read(text)).toBe(text)
    expect(JSON.stringify(parseExact(text))).toBe(text)
  }
})

test('digits in a text are a text', async () => {
  const text = `{"a":"90071992547409931","b":1}`
  expect(await read(text)).toBe(text)
})
