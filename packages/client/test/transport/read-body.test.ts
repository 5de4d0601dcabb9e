import { expect, test } from 'vitest'
import { readBody } from '../src/read-body.ts'
import { bodyOf, explain } from '../src/response-error.ts'

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

/** An answer that arrives in these pieces, and whether the rest of it was let go. */
function answerOf(...chunks: Uint8Array<ArrayBuffer>[]) {
  const seen = { isCancelled: false }
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(sink) {
      const chunk = chunks.shift()
      if (chunk) sink.enqueue(chunk)
      else sink.close()
    },
    cancel() {
      seen.isCancelled = true
    },
  })
  return { response: new Response(body), seen }
}

test('a letter whose bytes arrive in two pieces is one letter', async () => {
  const whole = bytes('für 😀')
  for (let at = 1; at < whole.length; at++) {
    const { response } = answerOf(whole.slice(0, at), whole.slice(at))
    expect(await readBody(response, 100)).toEqual(['für 😀', false])
  }
})

test('an answer of as many bytes as may come is whole, one more is cut and let go', async () => {
  const exact = answerOf(bytes('abc'), bytes('def'))
  expect(await readBody(exact.response, 6)).toEqual(['abcdef', false])
  const larger = answerOf(bytes('abc'), bytes('def'), bytes('g'), bytes('h'))
  expect(await readBody(larger.response, 6)).toEqual(['abcdef', true])
  expect([exact.seen.isCancelled, larger.seen.isCancelled]).toEqual([false, true])
})

test('an answer without a body is empty text', async () => {
  expect(await readBody(new Response(null), 0)).toEqual(['', false])
})

test('the body of a refusal is what its JSON says, or the text that it is', () => {
  expect(bodyOf('{"detail":"No."}')).toEqual({ detail: 'No.' })
  expect(bodyOf('<p>No.')).toBe('<p>No.')
})

test('words are looked for at the start of a refusal only, however long it is', () => {
  expect(explain(500, `${' '.repeat(19_000)}Early.`)[1]).toBe('the service answered 500: Early.')
  expect(explain(500, `${' '.repeat(20_000)}Late.`)[1]).toBe('the service answered 500')
})
