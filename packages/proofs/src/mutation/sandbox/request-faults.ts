import { knownData } from '../contract-internals.ts'
import {
  onQuery,
  onResponse,
  onValue,
  readPage,
  readQuery,
  setBody,
  validKey,
  withQuery,
  type Fault,
  type Faults,
} from './fault.ts'

/** Which keys the API accepts. */
const auth: Faults = {
  'no key needed': { request: (request) => (request.key ||= validKey) },
  'any key': { request: (request) => (request.key &&= validKey) },
  'key in the query': {
    request: (request) => (request.key ??= readQuery(request.url).api_key && validKey),
  },
  bearer: { request: (request) => (request.key ??= request.headers['authorization'] && validKey) },
  cookie: { request: (request) => (request.key ??= request.headers['cookie'] && validKey) },
}

/** Which requests the API rejects, and how. */
const input: Faults = {
  'lenient integer': onValue('agent_id', /^(?!\d+$|missing!)./, '2142'),
  'truncated integer': onValue('agent_id', /^\d+\.\d+$/, '2142'),
  'optional agent': onQuery((query) => (query.agent_id ??= '2142')),
  'lenient timestamp_from': onValue('timestamp_from', /^(?!missing!)[a-z]/),
  'lenient timestamp_to': onValue('timestamp_to', /^(?!missing!)[a-z]/),
  'month 13': onValue('timestamp_from', /-13-/),
  '30 February': onValue('timestamp_to', /-02-30/),
  'empty call_ids': onValue('call_ids', /^$/),
  'empty assistant_id': onValue('assistant_id', /^$/),
  'empty agent_id': onValue('agent_id', /^$/, '2142'),
  'page 0 is page 1': onValue('page', /^0$/, '1'),
  'page abc is page 1': onValue('page', /^abc/, '1'),
  'invalid page_size rejected': onResponse((response, query) => {
    if (/^[a-z]/.test(query.page_size ?? '')) setBody(response, 400, { page_size: ['Invalid.'] })
  }),
  'unknown parameter rejected': onResponse((response, query) => {
    if (query.pagesize !== undefined) setBody(response, 400, { pagesize: ['Unknown.'] })
  }),
  'errors as detail': onResponse((response) => setBody(response, 400, { detail: 'No.' }), 400),
  'errors as strings': onResponse((response) => setBody(response, 400, { agent_id: 'No.' }), 400),
  'errors of another field': onResponse((response) => setBody(response, 400, { x: ['No.'] }), 400),
}

/** How many rows a page has; see also the choice of rows. */
const size: Faults = {
  ignored: onQuery((query) => (query.page_size = undefined)),
  'maximum minus 1': onQuery((query) => {
    const max = knownData.maxPageSize - 1
    if (Number(query.page_size) > max) query.page_size = String(max)
  }),
  'another default': onQuery((query) => (query.page_size ??= '25')),
}

/** A timestamp that the API accepts: a fault in a filter still rejects the others. */
const time =
  /^\d{4}-(?!02-30)(0[1-9]|1[0-2])-\d\dT([01]\d|2[0-3]):\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

const onTime = (name: 'timestamp_from' | 'timestamp_to', change: (time: string) => string): Fault =>
  onQuery((query) => {
    if (time.test(query[name] ?? '')) query[name] = change(query[name]!)
  })
const shift = (timestamp: string, byMs: number): string =>
  new Date(Date.parse(timestamp) + byMs).toISOString()
const setUtc = (timestamp: string): string => timestamp.replace(/[+-]\d\d:\d\d$/, 'Z')

/** Which rows a filter selects. */
const filters: Faults = {
  'agent ignored': onValue('agent_id', /^\d+$/, '2142'),
  'timestamp_from ignored': onValue('timestamp_from', time),
  'timestamp_to ignored': onValue('timestamp_to', time),
  'assistant_id ignored': onValue('assistant_id', /_/),
  'call_ids ignored': onValue('call_ids', /^[\d,]+$/),
  'from exclusive': onTime('timestamp_from', (from) => shift(from, 1)),
  'to exclusive': onTime('timestamp_to', (to) => shift(to, -1)),
  'offset of from ignored': onTime('timestamp_from', setUtc),
  'offset of to ignored': onTime('timestamp_to', setUtc),
  'to by the day': onTime('timestamp_to', (to) => to.replace(/T[\d:.]+/, 'T23:59:59')),
  'from and to swapped': onQuery((query) => {
    const { timestamp_from: from = '', timestamp_to: to = '' } = query
    if (time.test(from) && time.test(to))
      Object.assign(query, { timestamp_from: to, timestamp_to: from })
  }),
  'first id only': onQuery((query) => (query.call_ids &&= query.call_ids.split(',')[0])),
  'ids not split': onValue('call_ids', /^\d+,/, '999999999999'),
  'ids of any agent': {
    async response(response, request, send) {
      if (response.status !== 200 || !request.url.searchParams.get('call_ids')) return
      const url = new URL(request.url)
      url.searchParams.set('agent_id', String(knownData.otherAgentId))
      if (readPage(response).count === 0) Object.assign(response, await send({ ...request, url }))
    },
  },
  'unknown assistant ignored': onQuery((query) => {
    if (!knownData.assistants.includes(query.assistant_id ?? '')) query.assistant_id = undefined
  }),
  'only one filter counts': onQuery((query) => {
    const others = { timestamp_from: undefined, timestamp_to: undefined, assistant_id: undefined }
    if (query.assistant_id && query.call_ids) Object.assign(query, others)
  }),
}

/** What the API responds past the last page. */
const pastTheEnd: Faults = {
  'an empty page': onResponse((response, query) => {
    if (Number(query.page) > 1) setBody(response, 200, emptyPage)
  }, 404),
  'an empty page, far away': onResponse((response, query) => {
    if (Number(query.page) > 1000) setBody(response, 200, emptyPage)
  }, 404),
  'a field error': onResponse((response) => setBody(response, 400, { page: ['No.'] }), 404),
  'page 1 again': {
    async response(response, request, send) {
      const query = Object.fromEntries(request.url.searchParams)
      const url = withQuery(request.url, { ...query, page: '1' })
      if (response.status === 404 && Number(query['page']) > 1)
        Object.assign(response, await send({ ...request, url }))
    },
  },
}

const emptyPage = { count: knownData.rows, next: null, previous: null, results: [] }

/** Which requests the API understands at all. */
const protocol: Faults = {
  'POST accepted': {
    request(request) {
      if (/^(POST|PUT|PATCH|DELETE)$/.test(request.method)) request.method = 'GET'
    },
  },
  'path without slash accepted': {
    request: ({ url }) => (url.pathname = url.pathname.replace(/\/?$/, '/')),
  },
  'any path accepted': {
    request: ({ url }) => (url.pathname = url.pathname.replace(/(call-logs\/).+/, '$1')),
  },
}

/** Faults in requests, by family. */
export const requestFaults = { auth, input, size, filters, pastTheEnd, protocol }
