import { listOperations, type SpecDocument } from '@cekura-kit/spec'
import document from '@cekura-kit/types/openapi.json' with { type: 'json' }
import { knownData, type Row } from '../contract-internals.ts'
import { validKey, type Fault, type Request } from './faulty-sandbox.ts'
import {
  body,
  onLink,
  onPage,
  onQuery,
  onRequest,
  onResponse,
  onRow,
  onSlice,
  readPage,
  replaceValue,
  setBody,
  setParameters,
  slice,
  withParameters,
} from './fault-helpers.ts'

interface Faults {
  [name: string]: Fault
}

const { CallLog, CallLogPage } = document.components.schemas
const html = '<!doctype html><title>Server Error (500)</title>'
const emptyPage = { count: knownData.rows, next: null, previous: null, results: [] }
const pageOf = ({ url }: Request): number => Number(url.searchParams.get('page') ?? 1)

const auth: Faults = {
  'no key needed': onRequest((request) => (request.key ||= validKey)),
  'any key': onRequest((request) => (request.key &&= validKey)),
  'key in the query': onRequest((request) => {
    if (request.url.searchParams.has('api_key')) request.key ??= validKey
  }),
  bearer: onRequest((request) => (request.key ??= request.headers.authorization && validKey)),
  cookie: onRequest((request) => (request.key ??= request.headers.cookie && validKey)),
}

function stuckAfterError(): Fault {
  let stuck: object | undefined
  return onResponse((response) => {
    if (stuck) Object.assign(response, stuck)
    else if (response.status >= 500) stuck = { ...response }
  })
}

const faults: Faults = {
  'no Retry-After': onResponse(({ headers }) => delete headers['retry-after']),
  'Retry-After in words': onResponse(({ headers }) => (headers['retry-after'] = 'soon'), 429),
  'Retry-After plus 1': onResponse(({ headers }) => {
    if (headers['retry-after']) headers['retry-after'] = `${Number(headers['retry-after']) + 1}`
  }),
  'Retry-After always': onResponse(({ headers }) => (headers['retry-after'] ??= '7'), 429),
  'HTML declared as JSON': onResponse((response) => (response.body = html), 500),
  'one 500 repeats': stuckAfterError(),
}

const input: Faults = {
  'lenient integer': replaceValue('agent_id', /^(?!\d+$)./, '2142'),
  'truncated integer': replaceValue('agent_id', /^\d+\.\d+$/, '2142'),
  'optional agent': onRequest(({ url: { searchParams } }) => {
    if (!searchParams.has('agent_id')) searchParams.set('agent_id', '2142')
  }),
  'lenient timestamp_from': replaceValue('timestamp_from', /^[a-z]/, null),
  'lenient timestamp_to': replaceValue('timestamp_to', /^[a-z]/, null),
  'month 13': replaceValue('timestamp_from', /-13-/, null),
  '30 February': replaceValue('timestamp_to', /-02-30/, null),
  'empty call_ids': replaceValue('call_ids', /^$/, null),
  'empty assistant_id': replaceValue('assistant_id', /^$/, null),
  'empty agent_id': replaceValue('agent_id', /^$/, '2142'),
  'page 0 is page 1': replaceValue('page', /^0$/, '1'),
  'page abc is page 1': replaceValue('page', /^[a-z]/, '1'),
  'invalid page_size rejected': onResponse((response, { url: { searchParams } }) => {
    if (/^[a-z]/.test(searchParams.get('page_size') ?? ''))
      setBody(response, 400, { page_size: ['A valid integer is required.'] })
  }),
  'errors as detail': body(400, { detail: 'No.' }),
  'errors as strings': body(400, { agent_id: 'No.' }),
  'another field': body(400, { non_field_errors: ['No.'] }),
  'unknown parameter rejected': onResponse((response, { url: { searchParams } }) => {
    if (searchParams.has('pagesize')) setBody(response, 400, { pagesize: ['Unknown.'] })
  }),
}

const size: Faults = {
  ignored: onQuery((query) => query.delete('page_size')),
  'without maximum': onSlice(({ rows, page, size }) => rows.slice((page - 1) * size, page * size)),
  'maximum minus 1': onQuery((query) => {
    if (Number(query.get('page_size')) >= knownData.maxPageSize)
      query.set('page_size', String(knownData.maxPageSize - 1))
  }),
  'one more': onSlice((all) => [...slice(all), ...slice(all, 1).slice(-1)]),
  'one less': onPage((page) => void page.results.pop()),
  'another default': onRequest(({ url: { searchParams } }) => {
    if (!searchParams.has('page_size')) searchParams.set('page_size', '25')
  }),
}

const valid = /^[\d,]+$|T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$|_/

/** Moves a valid timestamp parameter. */
const shift = (name: string, byMs: number): Fault =>
  onQuery((query) => {
    const value = query.get(name) ?? ''
    if (!/T.*(Z|:\d\d)$/.test(value) || Number.isNaN(Date.parse(value))) return
    query.set(name, new Date(Date.parse(value) + byMs).toISOString())
  })

/** Changes the text of a parameter that is there. */
const edit = (name: string, change: (value: string) => string): Fault =>
  onQuery((query) => {
    const value = query.get(name)
    if (value) query.set(name, change(value))
  })

const filters: Faults = {
  'agent ignored': replaceValue('agent_id', /^\d+$/, '2142'),
  // An invalid value is still rejected.
  'timestamp_from ignored': replaceValue('timestamp_from', valid, null),
  'timestamp_to ignored': replaceValue('timestamp_to', valid, null),
  'assistant_id ignored': replaceValue('assistant_id', valid, null),
  'call_ids ignored': replaceValue('call_ids', valid, null),
  'from exclusive': shift('timestamp_from', 1),
  'to exclusive': shift('timestamp_to', -1),
  'offsets ignored': onQuery((query) => {
    for (const name of ['timestamp_from', 'timestamp_to'])
      if (query.has(name)) query.set(name, query.get(name)!.replace(/[+-]\d\d:\d\d$/, 'Z'))
  }),
  'to by the day': edit('timestamp_to', (value) =>
    value.replace(/T\d\d:\d\d:\d\d(\.\d+)?/, 'T23:59:59'),
  ),
  'from and to swapped': onQuery((query) =>
    setParameters(query, {
      timestamp_from: query.get('timestamp_to'),
      timestamp_to: query.get('timestamp_from'),
    }),
  ),
  'first id only': edit('call_ids', (value) => value.split(',')[0]!),
  'ids not split': replaceValue('call_ids', /^\d+,/, '999999999999'),
  'ids of any agent': {
    async response(response, request, send) {
      if (response.status !== 200 || !request.url.searchParams.get('call_ids')) return
      if (readPage(response).count > 0) return
      const other = withParameters(request, { agent_id: knownData.otherAgentId })
      Object.assign(response, await send(other))
    },
  },
  'an unknown id empties the page': onPage((page, query) => {
    const ids = query.get('call_ids')?.split(',') ?? []
    return ids.length > page.count ? { ...emptyPage, count: 0 } : undefined
  }),
  'unknown assistant ignored': onQuery((query) => {
    const id = query.get('assistant_id')
    if (id && !knownData.assistants.includes(id)) query.delete('assistant_id')
  }),
  'only one filter counts': onQuery((query) => {
    if (query.has('assistant_id') && query.has('call_ids'))
      setParameters(query, { timestamp_from: null, timestamp_to: null, assistant_id: null })
  }),
}

function reversedEverySecondTime(): Fault {
  let requests = 0
  return onPage((page) => requests++ % 2 === 1 && (page.results = page.results.toReversed()))
}

const order: Faults = {
  'reversed on odd pages': onPage((page, query) => {
    if (Number(query.get('page') ?? 1) % 2 === 1) page.results.reverse()
  }),
  unstable: reversedEverySecondTime(),
  'oldest first': onSlice((all) => slice({ ...all, rows: all.rows.toReversed() })),
  'by id': onSlice((all) =>
    slice({ ...all, rows: all.rows.toSorted((a, b) => (a.id % 97) - (b.id % 97)) }),
  ),
}

const count: Faults = {
  'of the page': onPage((page) => void (page.count = page.results.length)),
  'plus 1': onPage((page) => void (page.count += 1)),
  'minus 1': onPage((page) => void (page.count = Math.max(0, page.count - 1))),
  'of everything': onPage((page) => void (page.count = knownData.rows)),
  'falls from page to page': onPage((page, query) => {
    if (Number(query.get('page') ?? 1) > 2) page.count -= 1
  }),
}

const pastTheEnd: Faults = {
  'an empty page': onResponse((response, request) => {
    if (pageOf(request) > 1) setBody(response, 200, emptyPage)
  }, 404),
  'a field error': onResponse((response) => {
    setBody(response, 400, { page: ['Invalid page.'] })
  }, 404),
  'page 1 again': {
    async response(response, request, send) {
      if (response.status === 404 && pageOf(request) > 1)
        Object.assign(response, await send(withParameters(request, { page: 1 })))
    },
  },
  'only the next page': onResponse((response, request) => {
    if (pageOf(request) > 1000) setBody(response, 200, emptyPage)
  }, 404),
}

const offset: Faults = {
  'repeats one': onSlice((all) => slice(all, all.page > 1 ? -1 : 0)),
  'skips one': onSlice((all) => slice(all, all.page > 1 ? 1 : 0)),
  'counts from 0': onSlice((all) => slice({ ...all, page: all.page + 1 })),
  'by 20, whatever the size': onSlice(({ rows, page, size }) =>
    rows.slice((page - 1) * 20, (page - 1) * 20 + size),
  ),
}

const links: Faults = {
  'another host': onLink((url) => url.href.replace(url.host, 'api.example.com')),
  'https for http': onLink((url) => url.href.replace('http:', 'https:')),
  'filters lost': onLink(({ searchParams }) => {
    for (const name of Array.from(searchParams.keys()))
      if (!['page', 'page_size', 'agent_id'].includes(name)) searchParams.delete(name)
  }),
  'page_size lost': onLink(({ searchParams }) => searchParams.delete('page_size')),
  'agent lost': onLink(({ searchParams }) => searchParams.delete('agent_id')),
  'key added': onLink(({ searchParams }) => searchParams.set('api_key', 'x')),
  relative: onLink((url) => url.pathname + url.search),
  'no slash': onLink((url) => url.href.replace('/?', '?')),
  'another path': onLink((url) => url.href.replace('/v1/', '/v2/')),
  'next never': onPage((page) => void (page.next = null)),
  'next always': onPage((page, query, { url }) => {
    const next = new URL(url)
    next.searchParams.set('page', String(Number(query.get('page') ?? 1) + 1))
    page.next ??= next.href
  }),
  'next is itself': onPage((page, _, { url }) => void (page.next &&= url.href)),
  'next skips one': onLink(({ searchParams }) =>
    searchParams.set('page', String(Number(searchParams.get('page')) + 1)),
  ),
  'previous never': onPage((page) => void (page.previous = null)),
  'previous is itself': onPage((page, _, { url }) => void (page.previous &&= url.href)),
  'previous always': onPage((page, _, { url }) => void (page.previous ??= url.href)),
  'previous loses filters': onLink(
    ({ searchParams }) => searchParams.delete('timestamp_from'),
    'previous',
  ),
}

/** Each property with a value of the wrong type, and each required one missing. */
const propertyFaults = (
  place: string,
  { properties, required }: { properties: object; required: readonly string[] },
  onEach: (change: (owner: object) => unknown) => Fault,
): Faults =>
  Object.fromEntries(
    [
      ...Object.keys(properties).map((name) => [name, 'an object', {}] as const),
      ...required.map((name) => [name, 'missing', undefined] as const),
    ].map(([name, is, value]) => [
      `${name} of a ${place} is ${is}`,
      onEach((owner) => Object.assign(owner, { [name]: value })),
    ]),
  )

const properties: Faults = {
  ...propertyFaults('page', CallLogPage, (change) => onPage((page) => void change(page))),
  ...propertyFaults('row', CallLog, onRow),
}

const set = (name: string, value: unknown): Fault => onRow((row) => (row[name] = value))

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
  'one row twice': onPage(({ results }) => void (results[5] &&= results[4]!)),
  'a bare array': onPage((page) => page.results),
  'results under data': onPage(({ results, ...page }) => ({ ...page, data: results })),
  'results null when empty': onPage((page) =>
    page.results.length === 0 ? { ...page, results: null } : undefined,
  ),
}

const protocol: Faults = {
  'text/plain': onResponse(({ headers }) => (headers['content-type'] = 'text/plain')),
  'no content type': onResponse((response) => (response.headers = {})),
  'body cut short': onResponse((response) => (response.body = response.body.slice(0, -10))),
  'prefix before the body': onResponse((response) => (response.body = `)]}'${response.body}`)),
  redirect: onResponse((response, { url }) => {
    Object.assign(response, { status: 302, headers: { location: url.href }, body: '' })
  }, 200),
  'POST accepted': onRequest((request) => {
    if (['POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method)) request.method = 'GET'
  }),
  'path without slash accepted': onRequest(({ url }) => {
    if (!url.pathname.endsWith('/')) url.pathname += '/'
  }),
  'any path accepted': onRequest(({ url }) => {
    url.pathname = url.pathname.replace(/(call-logs\/).+/, '$1')
  }),
}

const ignored = (path: string): Fault => ({
  control: (called, sent) => (called === path ? null : sent),
})

const control: Faults = {
  'insert does nothing': ignored('/insert'),
  'delete does nothing': ignored('/delete'),
  'update does nothing': ignored('/update'),
  'faults do nothing': ignored('/faults'),
  'reset does nothing': ignored('/reset'),
  'update moves the call': {
    control: (path, sent) =>
      path === '/update' ? { ...(sent as object), timestamp: '2025-01-02T00:00:00Z' } : sent,
  },
  'delete takes two': {
    control: (path, sent) =>
      path === '/delete' ? [(sent as number[])[0]!, (sent as number[])[0]! - 1] : sent,
  },
}

/** Each documented status as another one, and with another body. */
const statuses: Faults = {}
const operations = listOperations(document as unknown as SpecDocument)
for (const status of new Set(
  operations.flatMap(({ responses }) => responses.map((response) => Number(response.status))),
)) {
  for (const other of [200, 201, 206, 400, 401, 404, 422, 500, 503])
    if (other !== status)
      statuses[`${status} as ${other}`] = onResponse(
        (response) => (response.status = other),
        status,
      )
  statuses[`${status} with another shape`] = body(status, { error: 'No.' })
  statuses[`${status} as HTML`] = onResponse((response) => {
    Object.assign(response, { headers: { 'content-type': 'text/html' }, body: html })
  }, status)
}

/** Every fault that the sandbox can be given. */
export const sandboxMutants: readonly { id: string; operator: string; fault: Fault }[] =
  Object.entries({
    auth,
    faults,
    statuses,
    input,
    size,
    filters,
    order,
    count,
    pastTheEnd,
    offset,
    links,
    properties,
    bodies,
    protocol,
    control,
  }).flatMap(([family, faultsOfFamily]) =>
    Object.entries(faultsOfFamily).map(([name, fault]) => ({
      id: `sandbox ${family}: ${name}`,
      operator: `sandbox.${family}`,
      fault,
    })),
  )
