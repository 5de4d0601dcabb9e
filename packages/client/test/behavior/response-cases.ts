import type { CekuraErrorReason } from '@cekura-kit/client'
import { fault, json, page, row, status, text, type Case, type Expected } from './case.ts'

const invalidMessages = {
  not_json: 'Unexpected response: not valid JSON. Check baseUrl.',
  empty_response: 'Unexpected response: the body is empty. Check baseUrl.',
  not_a_page: 'Unexpected response: not a page with results and next. Check baseUrl.',
} satisfies Partial<Record<CekuraErrorReason, string>>

const invalid = (reason: keyof typeof invalidMessages, code = 200): Expected => ({
  requests: 1,
  waits: [],
  code: 'invalid_response',
  reason,
  status: code,
  message: invalidMessages[reason],
})

const invalidCases: Case[] = [
  row(
    'throws not_json for a 200 with a web page',
    [text('<html><body>Sign in</body></html>')],
    invalid('not_json'),
  ),
  row('throws empty_response for a 200 without a body', [text('')], invalid('empty_response')),
  row(
    'throws not_json for a 200 with incomplete JSON',
    [text('{"count":1,"next":null,"previous":null,"results":[{"id":1')],
    invalid('not_json'),
  ),
  ...[
    ['an array', '[]'],
    ['null', 'null'],
    ['a number', '7'],
    ['a string', '"x"'],
    ['an object without results', '{"count":0,"next":null}'],
    ['results that are not an array', '{"next":null,"results":{}}'],
    ['a null in results', '{"next":null,"results":[null]}'],
    ['a number in results', '{"next":null,"results":[1]}'],
    ['an array in results', '{"next":null,"results":[[]]}'],
    ['a next that is not a string', '{"next":3,"results":[]}'],
    ['no next', '{"results":[]}'],
  ].map(([what, body]) =>
    row(`throws not_a_page for a 200 with ${what}`, [text(body!)], invalid('not_a_page')),
  ),
  row(
    'throws empty_response for a 204 in place of a page',
    [text('', 204)],
    invalid('empty_response', 204),
  ),
  row('throws api for a 304', [text('', 304)], {
    requests: 1,
    waits: [],
    code: 'api',
    status: 304,
  }),
]

const one: Expected = { requests: 1, ids: [1] }
const log =
  '{"id": 1, "call_id": "call_1", "timestamp": "2025-01-15T09:30:00Z", "status": "success"}'

const dataCases: Case[] = [
  row(
    'returns unknown fields and call logs without optional fields',
    [
      text(
        '{"count":1,"next":null,"previous":null,"brand_new":1,"results":[{"id":1,"wonder":true}]}',
      ),
    ],
    one,
  ),
  row(
    'returns a status that the types do not list',
    [text('{"count":1,"next":null,"previous":null,"results":[{"id":1,"status":"escalated"}]}')],
    one,
  ),
  row(
    'returns a page without count',
    [text(`{"next":null,"previous":null,"results":[${log}]}`)],
    one,
  ),
  row(
    'returns a page with a count of null',
    [text(`{"count":null,"next":null,"results":[${log}]}`)],
    one,
  ),
  row('returns a compressed page', [{ ...page([1]), gzip: true }], one),
  row(
    'returns a page that starts with a byte order mark',
    [text(`\uFEFF{"count": 1, "next": null, "previous": null, "results": [${log}]}`)],
    one,
  ),
]

const manyIds = Array.from({ length: 59 }, (_, index) => index + 1)
const tooLarge = (limit: string): Expected => ({
  requests: 1,
  code: 'invalid_response',
  reason: 'response_too_large',
  message: `Response exceeds maxResponseBytes (${limit}). Lower page_size or raise the limit.`,
})

const sizeCases: Case[] = [
  row('throws response_too_large above maxResponseBytes', [page(manyIds)], tooLarge('500 bytes'), {
    options: { maxResponseBytes: 500 },
  }),
  row('counts maxResponseBytes after decompression', [fault('bomb')], tooLarge('100000 bytes'), {
    options: { maxResponseBytes: 100_000 },
  }),
  row('cuts an error body that does not end', [fault('endlessError')], {
    requests: 1,
    code: 'bad_request',
    status: 400,
    message: '400 Bad Request',
  }),
  row(
    'throws connection for a compressed response that is broken',
    [text('not gzip', 200, { 'content-encoding': 'gzip' })],
    {
      requests: 1,
      code: 'connection',
    },
    { options: { maxRetries: 0 } },
  ),
]

const notFound = (message: string): Expected => ({ requests: 1, code: 'not_found', message })
const invalidInput = (message: string): Expected => ({ requests: 1, code: 'bad_request', message })

const messageCases: Case[] = [
  row(
    'quotes detail in the message',
    [json({ detail: 'Invalid page.' }, 404)],
    notFound('404 Not Found: Invalid page.'),
  ),
  row(
    'quotes error in the message',
    [json({ error: 'Gone.' }, 404)],
    notFound('404 Not Found: Gone.'),
  ),
  row(
    'quotes message in the message',
    [json({ message: 'Gone.' }, 404)],
    notFound('404 Not Found: Gone.'),
  ),
  row(
    'quotes plain text in the message',
    [text('404 page not found\n', 404)],
    notFound('404 Not Found: 404 page not found'),
  ),
  row(
    'omits field messages of a 404',
    [json({ page: ['Bad.', 'Odd.'], x: ['Y.'] }, 404)],
    notFound('404 Not Found'),
  ),
  row('omits a list of messages', [json(['One.', 'Two.'], 404)], notFound('404 Not Found')),
  row('omits nested messages', [json({ a: { b: ['c'] } }, 404)], notFound('404 Not Found')),
  row('names the status alone for an empty object', [json({}, 404)], notFound('404 Not Found')),
  row(
    'omits a web page from the message',
    [
      text('<html><style>b{}</style><h1>Not  here</h1><script>alert(1)</script></html>', 404, {
        'content-type': 'text/html',
      }),
    ],
    notFound('404 Not Found'),
  ),
  row('limits the length of the message', [json({ detail: 'x'.repeat(5000) }, 404)], {
    requests: 1,
    code: 'not_found',
    maxMessageLength: 330,
  }),
  row(
    'writes the message on one line without control characters',
    [json({ detail: 'a\n\u001B[31mb\u202Ec' }, 404)],
    notFound('404 Not Found: a [31mb c'),
  ),
  row('masks a key that the response repeats', [json({ detail: 'bad key canary-key-123' }, 401)], {
    requests: 1,
    code: 'authentication',
    message: '401 Unauthorized: bad key ***',
  }),
  row(
    'names the field of a 400 and not the value',
    [json({ agent_id: ['"abc" is not a valid choice.'] }, 400)],
    invalidInput('400 Bad Request: check agent_id'),
  ),
  row(
    'names nested fields of a 400',
    [
      json(
        { metadata: { region: ['"eu" is unknown.'] }, transcript_json: [{}, { role: ['Bad.'] }] },
        400,
      ),
    ],
    invalidInput('400 Bad Request: check metadata.region, transcript_json[1].role'),
  ),
  row(
    'omits the detail of a 400',
    [json({ detail: 'No agent "+15550100001".', non_field_errors: ['x'] }, 400)],
    invalidInput('400 Bad Request'),
  ),
  row(
    'throws server for a 500 without a body',
    [text('', 500)],
    {
      requests: 1,
      code: 'server',
      status: 500,
      message: '500 Internal Server Error',
    },
    { options: { maxRetries: 0 } },
  ),
]

const redirectCases: Case[] = [301, 302, 303, 307, 308].map((code) =>
  row(`does not follow a ${code}`, [text('', code, { location: '{other}' })], {
    requests: 1,
    waits: [],
    code: 'api',
    reason: 'redirect',
    status: code,
    message: 'Unexpected redirect. Check baseUrl.',
  }),
)

export const responseCases: Case[] = [
  ...invalidCases,
  ...dataCases,
  ...sizeCases,
  ...messageCases,
  ...redirectCases,
  row('throws api for a 300, which is not a redirect', [status(300)], {
    requests: 1,
    code: 'api',
    reason: 'error_status',
  }),
]
