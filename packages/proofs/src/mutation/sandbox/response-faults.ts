import { listOperations, type SpecDocument } from '@cekura-kit/spec'
import document from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { knownData, type Row } from '../contract-internals.ts'
import {
  onLink,
  onPage,
  onResponse,
  onRow,
  onRows,
  setBody,
  type Fault,
  type Faults,
} from './fault.ts'

const html = '<!doctype html><title>Server Error (500)</title>'

/** Each documented status as another one, and with another body. */
const statuses: Faults = {}
const documented = listOperations(document as unknown as SpecDocument).flatMap(({ responses }) =>
  responses.map(({ status }) => Number(status)),
)
for (const status of new Set(documented)) {
  for (const other of [200, 201, 206, 400, 401, 404, 422, 500, 503].filter((n) => n !== status))
    statuses[`${status} as ${other}`] = onResponse((found) => (found.status = other), status)
  statuses[`${status} with another shape`] = onResponse(
    (response) => setBody(response, status, { error: 'No.' }),
    status,
  )
  statuses[`${status} as HTML`] = onResponse((response) => {
    Object.assign(response, { headers: { 'content-type': 'text/html' }, body: html })
  }, status)
}

function repeatFirstError(): Fault {
  let first: object | undefined
  return onResponse((response) => {
    if (response.status >= 500) first ??= { ...response }
    Object.assign(response, first)
  })
}

/** Headers and bodies of any response. */
const messages: Faults = {
  'no Retry-After': onResponse(({ headers }) => delete headers['retry-after']),
  'Retry-After in words': onResponse(({ headers }) => (headers['retry-after'] = 'soon'), 429),
  'Retry-After plus 1': onResponse(({ headers }) => {
    headers['retry-after'] &&= `${Number(headers['retry-after']) + 1}`
  }, 429),
  'Retry-After always': onResponse(({ headers }) => (headers['retry-after'] ??= '7'), 429),
  'HTML declared as JSON': onResponse((response) => (response.body = html), 500),
  'one 500 repeats': repeatFirstError(),
  'text/plain': onResponse(({ headers }) => (headers['content-type'] = 'text/plain')),
  'no content type': onResponse((response) => (response.headers = {})),
  'body cut short': onResponse((response) => (response.body = response.body.slice(0, -10))),
  'prefix before the body': onResponse((response) => (response.body = `)]}'${response.body}`)),
  redirect: onResponse((response, _, { url }) => {
    Object.assign(response, { status: 302, headers: { location: url.href }, body: '' })
  }, 200),
}

function reverseEverySecondPage(): Fault {
  let pages = 0
  return onPage((page) => {
    if (pages++ % 2 === 1) page.results = page.results.toReversed()
  })
}

const move = (start: number, end: number, page: number, by: number): [number, number] =>
  page > 1 ? [start + by, end + by] : [start, end]

/** Which rows are on a page, and in which order. */
const rows: Faults = {
  'in reverse on odd pages': onRows((all, start, end, page) => {
    const right = all.slice(start, end)
    return page % 2 === 1 ? right.toReversed() : right
  }),
  'in reverse every second time': reverseEverySecondPage(),
  'oldest first': onRows((all, start, end) => all.toReversed().slice(start, end)),
  'by id': onRows((all, start, end) =>
    all.toSorted((a, b) => (a.id % 97) - (b.id % 97)).slice(start, end),
  ),
  'repeats one': onRows((all, start, end, page) => all.slice(...move(start, end, page, -1))),
  'skips one': onRows((all, start, end, page) => all.slice(...move(start, end, page, 1))),
  'counts pages from 0': onRows((all, start, end) => all.slice(end, end + (end - start))),
  'pages of 20, whatever the size': onRows((all, start, end, page) =>
    all.slice((page - 1) * 20, (page - 1) * 20 + (end - start)),
  ),
  'one more': onRows((all, start, end) => all.slice(start, end + 1)),
  'one less': onPage((page) => void page.results.pop()),
  'size without maximum': onPage((page, { page_size: size }) => {
    while (page.results.length < Math.min(Number(size), page.count))
      page.results.push(page.results[0]!)
  }),
  'one row twice': onPage(({ results }) => void (results[5] &&= results[4]!)),
  'nothing for an unknown id': onPage((page, query) => {
    if ((query.call_ids?.split(',').length ?? 0) > page.count) page.results = []
  }),
}

/** How many rows match. */
const count: Faults = {
  'of the page': onPage((page) => void (page.count = page.results.length)),
  'plus 1': onPage((page) => void (page.count += 1)),
  'minus 1': onPage((page) => void (page.count = Math.max(0, page.count - 1))),
  'of everything': onPage((page) => void (page.count = knownData.rows)),
  'falls from page to page': onPage((page, query) => {
    if (Number(query.page ?? 1) > 2) page.count -= 1
  }),
}

const nextOf = (page: string | undefined, fallback = 1): string => `${Number(page ?? fallback) + 1}`

/** Where the links of a page lead. */
const links: Faults = {
  'another host': onLink((url) => url.href.replace(url.host, 'api.example.com')),
  'https for http': onLink((url) => url.href.replace('http:', 'https:')),
  relative: onLink((url) => url.pathname + url.search),
  'no slash': onLink((url) => url.href.replace('/?', '?')),
  'another path': onLink((url) => url.href.replace('/v1/', '/v2/')),
  'filters lost': onLink((_, { page, page_size, agent_id }) => ({ page, page_size, agent_id })),
  'page_size lost': onLink((_, query) => ({ ...query, page_size: undefined })),
  'agent lost': onLink((_, query) => ({ ...query, agent_id: undefined })),
  'key added': onLink((_, query) => ({ ...query, api_key: 'x' })),
  'next skips one': onLink((_, query) => ({ ...query, page: nextOf(query.page) })),
  'next never': onPage((page) => void (page.next = null)),
  'next always': onPage((page, query, url) => {
    page.next ??= `${url.href.replace(/&page=\d+/, '')}&page=${nextOf(query.page)}`
  }),
  'next is itself': onPage((page, _, url) => void (page.next &&= url.href)),
  'previous never': onPage((page) => void (page.previous = null)),
  'previous is itself': onPage((page, _, url) => void (page.previous &&= url.href)),
  'previous always': onPage((page, _, url) => void (page.previous ??= url.href)),
  'previous loses filters': onLink(
    (_, query) => ({ ...query, timestamp_from: undefined }),
    'previous',
  ),
}

const set = (name: string, value: unknown): Fault => onRow((row) => (row[name] = value))

/** Each property of a page and of a row with a value of the wrong type, each required one missing. */
const properties: Faults = {}
for (const [schema, on] of [
  ['CallLogPage', (change: (page: object) => unknown) => onPage((page) => void change(page))],
  ['CallLog', onRow],
] as const) {
  const { properties: all, required } = document.components.schemas[schema]
  for (const name of Object.keys(all))
    properties[`${schema}.${name} an object`] = on((owner) => Object.assign(owner, { [name]: {} }))
  for (const name of required)
    properties[`${schema}.${name} missing`] = on((owner) => Reflect.deleteProperty(owner, name))
}

/** Values that contradict the rest of the page, the document or each other. */
const bodies: Faults = {
  'optional field missing from one row': onRow((row, index) => index === 3 && delete row['topic']),
  'topic null': set('topic', null),
  'another status': set('status', 'escalated'),
  'extra field': set('agent_name', 'Support'),
  'extra field on the page': onPage((page) => ({ ...page, page: 1 })),
  'duration in seconds': set('duration', '70'),
  'timestamp without offset': onRow((row) => {
    row['timestamp'] = String(row['timestamp']).replace('Z', '')
  }),
  'success inverted': onRow((row) => row['success'] !== null && (row['success'] = !row['success'])),
  'is_reviewed inverted': onRow((row) => (row['is_reviewed'] = !row['is_reviewed'])),
  'every call evaluated': onRow((row) => {
    row['success'] = String(row['status']).endsWith('success')
  }),
  'created before the call': set('created_at', '2024-01-01T00:00:00Z'),
  'updated before created': onRow((row) => (row['updated_at'] = row['timestamp'])),
  'one rare null': onRow((row) => row.id % 50 === 0 && (row['call_ended_reason'] = null)),
  'one rare metric without a name': onRow((row) => {
    if (row.id % 50 === 1) for (const metric of row['metrics'] as Row[]) delete metric['name']
  }),
  'number too long': set('customer_number', '1'.repeat(101)),
  'id of another agent': set('agent', 7),
  'a bare array': onPage((page) => page.results),
  'results under data': onPage(({ results, ...page }) => ({ ...page, data: results })),
  'results null when empty': onPage((page) =>
    page.results.length === 0 ? { ...page, results: null } : undefined,
  ),
}

/** Errors that are scheduled and never sent. */
const errors: Faults = {
  ignored: { control: (path, sent) => (path === '/faults' ? null : sent) },
}

/** Faults in responses, by family. */
export const responseFaults = {
  statuses,
  messages,
  rows,
  count,
  links,
  properties,
  bodies,
  errors,
}
