import { iteration, json, page, status, text, type Case } from './case.ts'

const stuck = { code: 'invalid_response', reason: 'pagination_stuck' } as const
const pastEnd = json({ detail: 'Invalid page.' }, 404)

export const paginationCases: Case[] = [
  iteration('ends when next is null', [page([1, 2], 'p2', 9), page([3], null, 9)], {
    requests: 2,
    pages: ['1', '2'],
    ids: [1, 2, 3],
  }),
  iteration(
    'does not follow the URL in next',
    [page([1], 'https://evil.example/?page=2'), page([2])],
    { requests: 2, ids: [1, 2] },
  ),
  iteration('continues on a relative next', [page([1], '?page=2'), page([2])], {
    requests: 2,
    ids: [1, 2],
  }),
  iteration(
    'continues on a next without a page number',
    [page([1], 'https://api.cekura.ai/?cursor=abc'), page([2])],
    { requests: 2, ids: [1, 2] },
  ),
  iteration('throws when next does not advance', [page([1], '?page=1')], {
    requests: 1,
    ids: [],
    ...stuck,
    message: 'Pagination does not advance: next of page 1 points to page 1.',
  }),
  iteration('throws when next goes back', [page([1], '?page=2'), page([2], '?page=1')], {
    requests: 2,
    ids: [1],
    ...stuck,
    message: 'Pagination does not advance: next of page 2 points to page 1.',
  }),
  iteration('throws when the page repeats and next has no page number', [page([1, 2], '/next')], {
    requests: 2,
    ids: [1, 2],
    ...stuck,
    message: 'Pagination does not advance: page 2 repeats the page before it.',
  }),
  iteration('throws when the empty page repeats and next has no page number', [page([], '/next')], {
    requests: 2,
    ids: [],
    ...stuck,
  }),
  iteration('does not end on count 0', [page([1], '?page=2', 0), page([2], null, 0)], {
    requests: 2,
    ids: [1, 2],
  }),
  iteration('does not continue because of a large count', [page([1], null, 99)], {
    requests: 1,
    ids: [1],
  }),
  iteration(
    'iterates pages without count',
    [json({ next: '?page=2', results: [{ id: 1 }] }), json({ next: null, results: [{ id: 2 }] })],
    { requests: 2, ids: [1, 2] },
  ),
  iteration(
    'does not end on a short page',
    [page([1, 2, 3], '?page=2'), page([4], '?page=3'), page([5, 6, 7])],
    { requests: 3, ids: [1, 2, 3, 4, 5, 6, 7] },
    { query: { page_size: 3 } },
  ),
  iteration(
    'does not end on an empty page',
    [page([1], '?page=2'), page([], '?page=3'), page([2])],
    { requests: 3, ids: [1, 2] },
  ),
  iteration(
    'returns every item when the API lowers page_size',
    [page([1, 2], '?page=2', 4), page([3, 4], null, 4)],
    { requests: 2, ids: [1, 2, 3, 4] },
    { query: { page_size: 500 } },
  ),
  iteration('drops a call log that repeats', [page([1, 2], '?page=2'), page([2, 3])], {
    requests: 2,
    ids: [1, 2, 3],
  }),
  iteration('ends on the 404 for a page past the end', [page([1], '?page=2'), pastEnd], {
    requests: 2,
    ids: [1],
  }),
  iteration('throws on any other JSON 404 after page 1', [page([1], '?page=2'), status(404)], {
    requests: 2,
    ids: [1],
    code: 'not_found',
  }),
  iteration(
    'throws on the 404 of a deleted agent after page 1',
    [page([1], '?page=2'), json({ detail: 'Not found.' }, 404)],
    { requests: 2, ids: [1], code: 'not_found' },
  ),
  iteration(
    'throws on a plain-text 404 after page 1',
    [page([1], '?page=2'), text('404 page not found\n', 404)],
    { requests: 2, ids: [1], code: 'not_found' },
  ),
  iteration(
    'throws on a plain-text 404 that reads like the end of the list',
    [page([1], '?page=2'), text('Invalid page.', 404)],
    { requests: 2, ids: [1], code: 'not_found' },
  ),
  iteration('throws on a 404 with null after page 1', [page([1], '?page=2'), text('null', 404)], {
    requests: 2,
    ids: [1],
    code: 'not_found',
  }),
  iteration('throws on a 404 for page 1', [status(404)], { requests: 1, code: 'not_found' }),
  iteration('throws on the 404 past the end for page 1', [pastEnd], {
    requests: 1,
    code: 'not_found',
  }),
  iteration('retries a later page', [page([1], '?page=2'), status(503), page([2])], {
    requests: 3,
    waits: [250],
    ids: [1, 2],
  }),
  iteration('throws when a later page fails', [page([1], '?page=2'), status(403)], {
    requests: 2,
    ids: [1],
    code: 'permission',
  }),
  iteration(
    'starts at the given page',
    [page([5], '?page=4'), page([6])],
    { requests: 2, pages: ['3', '4'], ids: [5, 6] },
    { query: { page: 3 } },
  ),
  iteration('returns nothing for an empty list', [page([])], { requests: 1, ids: [] }),
  iteration('ends the time range at the start of the iteration', [page([1])], {
    requests: 1,
    sent: { page: '1', timestamp_to: '2025-06-01T00:00:00.000Z' },
    ids: [1],
  }),
  iteration(
    'keeps the given timestamp_to',
    [page([1])],
    { requests: 1, sent: { page: '1', timestamp_to: '2025-01-01T00:00:00Z' }, ids: [1] },
    { query: { timestamp_to: '2025-01-01T00:00:00Z' } },
  ),
  iteration(
    'rejects a timestamp_to of null before sending',
    [page([1])],
    { requests: 0, code: 'usage', reason: 'invalid_parameter' },
    { query: { timestamp_to: null } },
  ),
  iteration(
    'reads the page number of next wherever it is in the query',
    [page([1], 'https://x.example/?agent_id=7&page=2&page_size=1', 2), page([2], null, 2)],
    { requests: 2, pages: ['1', '2'], ids: [1, 2] },
  ),
  iteration(
    'does not read a page number from another parameter of next',
    [page([1], 'https://x.example/?subpage=1&page=2', 2), page([2], null, 2)],
    { requests: 2, ids: [1, 2] },
  ),
  iteration(
    'sends nothing to another origin in next',
    [page([1], '{other}/observability/v1/call-logs/?page=2', 2), page([2], null, 2)],
    { requests: 2, ids: [1, 2] },
  ),
  iteration(
    'throws on a 500 after page 1',
    [page([1], '/?page=2', 2), text('', 500)],
    { requests: 2, ids: [1], code: 'server' },
    { options: { maxRetries: 0 } },
  ),
  iteration(
    'throws on a web page after page 1',
    [page([1], '/?page=2', 2), text('<html></html>')],
    { requests: 2, ids: [1], code: 'invalid_response' },
  ),
]
