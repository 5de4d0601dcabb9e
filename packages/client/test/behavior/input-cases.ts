import type { CekuraErrorReason } from '@cekura-kit/client'
import { page, row, type Call, type Case, type Expected } from './case.ts'

const sends = (title: string, sent: Record<string, string>, call: Call = {}): Case =>
  row(title, [page([1])], { requests: 1, sent, ids: [1] }, call)

const rejects = (what: string, call: Call, message: string, reason?: CekuraErrorReason): Case =>
  row(
    `rejects ${what} before sending`,
    [page([1])],
    { requests: 0, code: 'usage', message, ...(reason && { reason }) },
    call,
  )

const rejectsQuery = (what: string, query: Call['query'] & {}, expected: string): Case => {
  const [name] = Object.keys(query)
  return rejects(what, { query }, `Invalid ${name}: expected ${expected}.`, 'invalid_parameter')
}

const dateTime = 'a valid Date or an RFC 3339 date-time with an offset, got'
const ids = 'integer values, as an array or joined by commas, got'

const valueCases: Case[] = [
  sends(
    'sends a Date as ISO 8601',
    { timestamp_from: '2025-01-01T00:00:00.000Z' },
    { query: { timestamp_from: new Date('2025-01-01T00:00:00Z') } },
  ),
  sends(
    'keeps the offset of a timestamp',
    { timestamp_from: '2025-01-01T00:00:00+05:30' },
    { query: { timestamp_from: '2025-01-01T00:00:00+05:30' } },
  ),
  sends('joins call_ids by commas', { call_ids: '3,1' }, { query: { call_ids: [3, 1] } }),
  sends('requests one page without a time range', {}),
  sends(
    'omits parameters that are undefined',
    {},
    { query: { page_size: undefined, timestamp_from: undefined, call_ids: undefined } },
  ),
  sends(
    'sends extraQuery',
    { project_id: '5' },
    { callOptions: { extraQuery: { project_id: 5 } } },
  ),
  sends(
    'omits an extraQuery value that is undefined',
    {},
    { callOptions: { extraQuery: { project_id: undefined } } },
  ),
  sends('accepts one id with several digits', { call_ids: '12' }, { query: { call_ids: '12' } }),
  sends(
    'sends ids with spaces around them unchanged',
    { call_ids: ' 12 , 345,6 ' },
    { query: { call_ids: ' 12 , 345,6 ' } },
  ),
  row(
    'sends a negative agent_id, as the spec sets no minimum',
    [page([1])],
    { requests: 1, ids: [1] },
    { query: { agent_id: -1 } },
  ),
]

const rejectedQueries: Case[] = [
  rejectsQuery('an empty call_ids', { call_ids: [] }, `${ids} an array of 0`),
  rejectsQuery('a blank call_ids', { call_ids: '' }, `${ids} an empty string`),
  rejectsQuery('provider ids in call_ids', { call_ids: 'call_x' }, `${ids} a string`),
  rejectsQuery('an invalid Date', { timestamp_from: new Date('nope') }, `${dateTime} a Date`),
  rejectsQuery(
    'a timestamp that is not a date-time',
    { timestamp_to: 'yesterday' },
    `${dateTime} a string`,
  ),
  rejectsQuery(
    'a timestamp without an offset',
    { timestamp_from: '2025-01-15T00:00:00' },
    `${dateTime} a string`,
  ),
  rejectsQuery(
    'a date that does not exist',
    { timestamp_from: '2025-02-30T00:00:00Z' },
    `${dateTime} a string`,
  ),
  rejectsQuery('page 0', { page: 0 }, 'at least 1, got 0'),
  rejectsQuery('a page that is not an integer', { page: 1.5 }, 'an integer, got 1.5'),
  rejectsQuery('page_size 0', { page_size: 0 }, 'at least 1, got 0'),
  rejectsQuery('an agent_id that is a string', { agent_id: 'x' }, 'an integer, got a string'),
  rejectsQuery(
    'an empty assistant_id',
    { assistant_id: '' },
    'a non-empty string, got an empty string',
  ),
  rejectsQuery(
    'an assistant_id with half of a surrogate pair',
    { assistant_id: 'a\uD800' },
    'a non-empty string, got a string',
  ),
  rejectsQuery('a comma without an id', { call_ids: '1,,2' }, `${ids} a string`),
  rejectsQuery(
    'a long value without repeating it',
    { call_ids: 'y'.repeat(300) },
    `${ids} a string`,
  ),
  rejects(
    'a misspelled parameter',
    { query: { agentId: 3 } },
    'Unknown parameter "agentId". Did you mean "agent_id"?',
    'unknown_parameter',
  ),
  rejects(
    'a parameter named like an inherited property',
    { query: { constructor: 1 } },
    'Unknown parameter "constructor". Use extraQuery for undocumented query parameters.',
    'unknown_parameter',
  ),
]

const rejectedOptions: Case[] = [
  rejects(
    'timeout 0',
    { callOptions: { timeout: 0 } },
    'Invalid timeout: expected an integer from 1 to 2147483647.',
    'invalid_option',
  ),
  rejects(
    'a negative totalTimeout',
    { callOptions: { totalTimeout: -1 } },
    'Invalid totalTimeout: expected an integer from 1 to 2147483647.',
    'invalid_option',
  ),
  rejects(
    'maxRetries 0.5',
    { callOptions: { maxRetries: 0.5 } },
    'Invalid maxRetries: expected an integer ≥ 0.',
    'invalid_option',
  ),
  rejects(
    'a header value with a line break',
    { callOptions: { headers: { 'x-a': 'two\nlines' } } },
    'Invalid header "x-a": expected a valid header name and value.',
    'invalid_option',
  ),
  rejects(
    'a known parameter in extraQuery',
    { callOptions: { extraQuery: { page: 3 } } },
    'Invalid extraQuery: "page" is a parameter of the operation. Pass it in the input.',
    'invalid_option',
  ),
]

const key = 'canary-key-123'
const one: Expected = { requests: 1, ids: [1] }
const headerCases: Case[] = [
  row(
    'adds and removes headers of one call',
    [page([1])],
    { ...one, headers: { 'x-team': 'a', accept: '*/*', 'x-cekura-api-key': key } },
    { callOptions: { headers: { 'x-team': 'a', accept: null } } },
  ),
  row(
    'removes a header of the client for one call',
    [page([1])],
    { ...one, headers: { 'x-team': undefined, 'x-floor': '2' } },
    {
      options: { headers: { 'x-team': 'a', 'x-floor': '2' } },
      callOptions: { headers: { 'X-Team': null } },
    },
  ),
  row(
    'does not let a header replace the key',
    [page([1])],
    { ...one, headers: { 'x-cekura-api-key': key } },
    {
      options: { headers: { 'X-Cekura-Api-Key': 'other' } },
      callOptions: { headers: { 'x-cekura-api-key': 'another' } },
    },
  ),
  row(
    'does not let a null header remove the key',
    [page([1])],
    { ...one, headers: { 'x-cekura-api-key': key } },
    { callOptions: { headers: { 'X-CEKURA-API-KEY': null } } },
  ),
  row(
    'sends a user-agent header',
    [page([1])],
    { ...one, headers: { 'user-agent': 'report/1' } },
    { options: { headers: { 'User-Agent': 'report/1' } } },
  ),
]

export const inputCases: Case[] = [
  ...valueCases,
  ...rejectedQueries,
  ...rejectedOptions,
  ...headerCases,
]
