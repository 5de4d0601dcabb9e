import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import { expect, test } from 'vitest'
import type { MockResponse } from '../api/response.ts'
import { readResponse } from './read-response.ts'

const json = ['Content-Type', 'application/json']
const text = '{"count":1}'
const response = (headers: string[], body: Uint8Array | string = text, status = 200) => ({
  status,
  headers,
  body: typeof body === 'string' ? Buffer.from(body) : body,
})
const findingOf = (given: MockResponse): unknown => {
  const read = readResponse(given)
  return 'finding' in read ? [read.finding.location, read.finding.message] : read
}

test.each<[encoding: string | undefined, encode: (body: Buffer) => Buffer]>([
  [undefined, (body) => body],
  ['identity', (body) => body],
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  [' Deflate ', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['gzip, br', (body) => brotliCompressSync(gzipSync(body))],
])('the content encoding %s is undone', (encoding, encode) => {
  const headers = encoding === undefined ? [] : ['content-encoding', encoding]
  const read = readResponse(response([...json, ...headers], encode(Buffer.from(text))))
  expect(read).toMatchObject({ readable: { headers: json, status: 200 } })
  expect(Buffer.from((read as { readable: MockResponse }).readable.body).toString()).toBe(text)
})

test('an unknown encoding and a body that is too large are not validated', () => {
  expect(readResponse(response([...json, 'content-encoding', 'zip']))).toEqual({
    notValidated: 'unknown content encoding',
  })
  const large = gzipSync(Buffer.alloc(64 * 1_048_576 + 1))
  expect(readResponse(response([...json, 'content-encoding', 'gzip'], large))).toEqual({
    notValidated: 'larger than 67108864 bytes decompressed',
  })
})

test('a body without its content encoding is a finding', () => {
  expect(findingOf(response([...json, 'content-encoding', 'gzip']))).toEqual([
    'response.headers.content-encoding',
    'the body does not have its content encoding',
  ])
})

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'application/problem+json;charset=utf-8; profile=x',
  'text/html ;a=b',
])('the content type "%s" is a media type', (type) => {
  expect(readResponse(response(['content-type', type]))).toHaveProperty('readable')
})

test.each(['json', '', 'application/json;', ' application/json', 'a/b; =c', 'a/b c/d', 'a/b;c='])(
  'the content type "%s" is a finding',
  (type) =>
    expect(findingOf(response(['content-type', type]))).toEqual([
      'response.headers.content-type',
      'not a valid media type',
    ]),
)

test.each(['application/json', 'application/problem+JSON'])(
  'a body that is not the JSON of %s is a finding without its text',
  (type) =>
    expect(findingOf(response(['content-type', type], '<secret'))).toEqual([
      'response.body',
      'not valid JSON, which its content-type states',
    ]),
)

test('a body of another type, or of none, may be anything', () => {
  expect(readResponse(response(['content-type', 'text/html'], '<p>'))).toHaveProperty('readable')
  expect(readResponse(response([], '<p>'))).toHaveProperty('readable')
})

test.each([
  [300, 'https://else.example/x?key=1', 'https://else.example'],
  [301, '/elsewhere', 'a path on the same host'],
  [399, undefined, 'a path on the same host'],
])('a redirect with %i is a finding with the origin of its target', (status, target, where) => {
  const headers = target === undefined ? [] : ['Location', target]
  expect(findingOf(response(headers, '', status))).toEqual([
    'response.status',
    `redirect ${status} to ${where}, which was not followed`,
  ])
})

test.each([299, 304, 400])('%i is not a redirect', (status) => {
  expect(readResponse(response(['location', '/x'], '', status))).toHaveProperty('readable')
})
