import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readAnswer } from './read-answer.ts'

const json = ['Content-Type', 'application/json']
const text = '{"count":1}'
const answer = (headers: string[], body: Buffer | string = text, status = 200) => ({
  status,
  headers,
  body: Buffer.from(body),
})

test.each([
  ['as it is', [], (body: string) => body],
  ['as identity', ['content-encoding', 'identity'], (body: string) => body],
  ['zipped', ['content-encoding', 'gzip'], gzipSync],
  ['deflated', ['Content-Encoding', ' Deflate '], deflateSync],
  ['as brotli', ['content-encoding', 'br'], brotliCompressSync],
])('an answer that comes %s is read, its packing told no more', (_, packing, pack) => {
  expect(readAnswer(answer([...json, ...packing], pack(text)))).toEqual({
    readable: answer(json),
  })
})

test.each([
  ['zip', text],
  ['gzip', text],
  ['gzip', gzipSync(Buffer.alloc(64 * 1_048_576 + 1))],
])('a body that is not packed as "%s", or too large, is told and not read', (encoding, body) => {
  expect(readAnswer(answer([...json, 'content-encoding', encoding], body))).toEqual({
    unreadable: {
      location: 'response.headers.content-encoding',
      message: 'the body is not packed as it says, or too large',
    },
  })
})

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'application/problem+json;charset=utf-8; profile=x',
  'text/html ;a=b',
])('the content-type "%s" is a media type', (type) => {
  expect(readAnswer(answer(['content-type', type]))).toHaveProperty('readable')
})

test.each(['json', '', 'application/json;', ' application/json', 'a/b; =c', 'a/b c/d', 'a/b;c='])(
  'the content-type "%s" is none',
  (type) => {
    expect(readAnswer(answer(['content-type', type]))).toEqual({
      unreadable: {
        location: 'response.headers.content-type',
        message: 'the content-type is no media type',
      },
    })
  },
)

test.each(['application/json', 'application/problem+JSON'])(
  'a body that is not the JSON of %s is told, and not quoted',
  (type) => {
    expect(readAnswer(answer(['content-type', type], '<secret'))).toEqual({
      unreadable: {
        location: 'response.body',
        message: 'the body is not the JSON that its content-type says',
      },
    })
  },
)

test('a body of another type, or of none, may be anything', () => {
  expect(readAnswer(answer(['content-type', 'text/html'], '<p>'))).toHaveProperty('readable')
  expect(readAnswer(answer([], '<p>'))).toHaveProperty('readable')
})

test.each([
  [300, 'https://else.example/x?key=1', 'https://else.example'],
  [301, '/elsewhere', 'a path of its own'],
  [399, undefined, 'a path of its own'],
])('a redirect with %i is told by its origin, not followed', (status, target, where) => {
  const headers = target === undefined ? [] : ['Location', target]
  expect(readAnswer(answer(headers, '', status))).toEqual({
    unreadable: {
      location: 'response.status',
      message: `the service redirects with ${status} to ${where}, which the document does not have; it was not followed`,
    },
  })
})

test.each([299, 304, 400])('%i is no redirect', (status) => {
  expect(readAnswer(answer(['location', '/x'], '', status))).toHaveProperty('readable')
})
