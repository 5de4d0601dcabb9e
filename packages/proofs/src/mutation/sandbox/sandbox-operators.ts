// oxlint-disable oxc/no-map-spread, eslint/no-unused-vars -- a fault is a copy with something left out
import type { Row } from '../contract-internals.ts'
import { knownData } from '../contract-internals.ts'
import type { Wrapper } from './sandbox-target.ts'
import {
  ignoring,
  json,
  onAsk,
  onPage,
  onReply,
  onRow,
  rewriting,
  slicing,
  withParameters,
} from './wrap.ts'

export interface SandboxMutant {
  id: string
  operator: string
  wrapper: Wrapper
}

const slice = (rows: readonly Row[], page: number, size: number, shift = 0): Row[] =>
  rows.slice(Math.max(0, (page - 1) * size + shift), Math.max(0, page * size + shift))

const instant = (time: number): string => new Date(time).toISOString()
const shifted = (text: string | null, byMs: number): string | undefined =>
  text === null ? undefined : instant(Date.parse(text) + byMs)

const auth: { [what: string]: Wrapper } = {
  'no key needed': onAsk((ask) => ({ ...ask, key: ask.key || 'contract-key' })),
  'any key': onAsk((ask) => ({ ...ask, key: ask.key ? 'contract-key' : ask.key })),
  'key in the query': onAsk((ask) => ({
    ...ask,
    key: ask.key ?? (ask.url.searchParams.has('api_key') ? 'contract-key' : undefined),
  })),
  bearer: onAsk((ask) => ({
    ...ask,
    key: ask.key ?? (ask.headers.authorization && 'contract-key'),
  })),
  cookie: onAsk((ask) => ({ ...ask, key: ask.key ?? (ask.headers.cookie && 'contract-key') })),
  'refused with 400': onReply((reply) =>
    reply.status === 401 ? { ...reply, status: 400 } : reply,
  ),
  'refused with 404': onReply((reply) =>
    reply.status === 401 ? { ...reply, status: 404 } : reply,
  ),
  'another shape': onReply((reply) =>
    reply.status === 401 ? json(401, { error: 'No key.' }) : reply,
  ),
  'another type': onReply((reply) =>
    reply.status === 401
      ? { status: 401, headers: { 'content-type': 'text/plain' }, body: 'No key.' }
      : reply,
  ),
}

const html = '<!doctype html><title>Server Error (500)</title>'

const faults: { [what: string]: Wrapper } = {
  'no Retry-After': onReply(({ headers: { 'retry-after': _, ...headers }, ...reply }) => ({
    ...reply,
    headers,
  })),
  'Retry-After in words': onReply((reply) =>
    reply.status === 429
      ? { ...reply, headers: { ...reply.headers, 'retry-after': 'soon' } }
      : reply,
  ),
  'Retry-After plus 1': onReply((reply) =>
    reply.headers['retry-after']
      ? {
          ...reply,
          headers: {
            ...reply.headers,
            'retry-after': `${Number(reply.headers['retry-after']) + 1}`,
          },
        }
      : reply,
  ),
  'Retry-After always': onReply((reply) =>
    reply.status === 429 ? { ...reply, headers: { 'retry-after': '7', ...reply.headers } } : reply,
  ),
  'HTML under the name of JSON': onReply((reply) =>
    reply.status === 500 ? { ...reply, body: html } : reply,
  ),
  '429 as 503': onReply((reply) => (reply.status === 429 ? { ...reply, status: 503 } : reply)),
  '500 as 200': onReply((reply) => (reply.status === 500 ? { ...reply, status: 200 } : reply)),
  '403 as 401': onReply((reply) => (reply.status === 403 ? { ...reply, status: 401 } : reply)),
  'another shape': onReply((reply) =>
    reply.status === 429 ? json(429, { message: 'Slow down.' }) : reply,
  ),
  stays: {
    api(base) {
      let stuck: Awaited<ReturnType<typeof base>> | undefined
      return async (ask) => {
        if (stuck) return stuck
        const reply = await base(ask)
        if (reply.status >= 500) stuck = reply
        return reply
      }
    },
  },
}

const replacing = (name: string, isBad: RegExp, by: string | undefined): Wrapper =>
  rewriting((ask) =>
    isBad.test(ask.url.searchParams.get(name) ?? 'absent!')
      ? withParameters(ask, { [name]: by })
      : ask,
  )

const input: { [what: string]: Wrapper } = {
  'lenient integer': replacing('agent_id', /^(?!\d+$)(?!absent!)./, '2142'),
  'truncated integer': replacing('agent_id', /^\d+\.\d+$/, '2142'),
  'optional agent': onAsk((ask) =>
    ask.url.searchParams.has('agent_id') ? ask : withParameters(ask, { agent_id: 2142 }),
  ),
  'lenient timestamp_from': replacing('timestamp_from', /^[a-z]/, undefined),
  'lenient timestamp_to': replacing('timestamp_to', /^[a-z]/, undefined),
  'month 13': replacing('timestamp_from', /-13-/, undefined),
  '30 February': replacing('timestamp_to', /-02-30/, undefined),
  'blank call_ids': replacing('call_ids', /^$/, undefined),
  'blank assistant_id': replacing('assistant_id', /^$/, undefined),
  'blank agent_id': replacing('agent_id', /^$/, '2142'),
  'page 0 is page 1': replacing('page', /^0$/, '1'),
  'page abc is page 1': replacing('page', /^[a-z]/, '1'),
  'bad page_size refused': onReply((reply, ask) =>
    /^[a-z]/.test(ask.url.searchParams.get('page_size') ?? '')
      ? json(400, { page_size: ['A valid integer is required.'] })
      : reply,
  ),
  'refused with 422': onReply((reply) =>
    reply.status === 400 ? { ...reply, status: 422 } : reply,
  ),
  'refused with 500': onReply((reply) =>
    reply.status === 400 ? { ...reply, status: 500 } : reply,
  ),
  'errors as detail': onReply((reply) =>
    reply.status === 400 ? json(400, { detail: 'No.' }) : reply,
  ),
  'errors as strings': onReply((reply) =>
    reply.status === 400 ? json(400, { agent_id: 'No.' }) : reply,
  ),
  'another name': onReply((reply) =>
    reply.status === 400 ? json(400, { non_field_errors: ['No.'] }) : reply,
  ),
  'unknown parameter refused': onReply((reply, ask) =>
    ask.url.searchParams.has('pagesize') ? json(400, { pagesize: ['Unknown.'] }) : reply,
  ),
}

const size: { [what: string]: Wrapper } = {
  ignored: ignoring('page_size'),
  'not cut': slicing(
    ({ rows, page, size }) => slice(rows, page, size),
    (asked) => asked,
  ),
  'cut one early': slicing(
    ({ rows, page, size }) => slice(rows, page, size),
    (asked) => Math.min(asked, knownData.maxPageSize - 1),
  ),
  'one more': slicing(({ rows, page, size }) => rows.slice((page - 1) * size, page * size + 1)),
  'one less': slicing(({ rows, page, size }) => rows.slice((page - 1) * size, page * size - 1)),
  'another default': onAsk((ask) =>
    ask.url.searchParams.has('page_size') ? ask : withParameters(ask, { page_size: 25 }),
  ),
}

const filters: { [what: string]: Wrapper } = {
  'agent ignored': rewriting((ask) =>
    /^\d+$/.test(ask.url.searchParams.get('agent_id') ?? '')
      ? withParameters(ask, { agent_id: 2142 })
      : ask,
  ),
  ...Object.fromEntries(
    ['timestamp_from', 'timestamp_to', 'assistant_id', 'call_ids'].map((name) => [
      `${name} ignored`,
      rewriting((ask) =>
        // What is refused stays refused.
        ask.url.searchParams
          .get(name)
          ?.match(/^[\d,]+$|T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$|_/)
          ? withParameters(ask, { [name]: undefined })
          : ask,
      ),
    ]),
  ),
  'from exclusive': rewriting((ask) => {
    const from = ask.url.searchParams.get('timestamp_from')
    return Number.isNaN(Date.parse(from ?? '')) || !/T.*(Z|:\d\d)$/.test(from!)
      ? ask
      : withParameters(ask, { timestamp_from: shifted(from, 1) })
  }),
  'to exclusive': rewriting((ask) => {
    const to = ask.url.searchParams.get('timestamp_to')
    return Number.isNaN(Date.parse(to ?? '')) || !/T.*(Z|:\d\d)$/.test(to!)
      ? ask
      : withParameters(ask, { timestamp_to: shifted(to, -1) })
  }),
  'zone ignored': rewriting((ask) =>
    withParameters(
      ask,
      Object.fromEntries(
        ['timestamp_from', 'timestamp_to'].map((name) => [
          name,
          ask.url.searchParams.get(name)?.replace(/[+-]\d\d:\d\d$/, 'Z'),
        ]),
      ),
    ),
  ),
  'to by the day': rewriting((ask) =>
    withParameters(ask, {
      timestamp_to: ask.url.searchParams
        .get('timestamp_to')
        ?.replace(/T\d\d:\d\d:\d\d(\.\d+)?/, 'T23:59:59'),
    }),
  ),
  'from and to swapped': rewriting((ask) =>
    withParameters(ask, {
      timestamp_from: ask.url.searchParams.get('timestamp_to') ?? undefined,
      timestamp_to: ask.url.searchParams.get('timestamp_from') ?? undefined,
    }),
  ),
  'first id only': rewriting((ask) => {
    const ids = ask.url.searchParams.get('call_ids')
    return ids ? withParameters(ask, { call_ids: ids.split(',')[0] }) : ask
  }),
  'ids not split': rewriting((ask) =>
    ask.url.searchParams.get('call_ids')?.match(/^\d+,/)
      ? withParameters(ask, { call_ids: 999_999_999_999 })
      : ask,
  ),
  'ids of any agent': {
    api: (base) => async (ask) => {
      const reply = await base(ask)
      if (reply.status !== 200 || !ask.url.searchParams.get('call_ids')) return reply
      const other = await base(withParameters(ask, { agent_id: knownData.otherAgentId }))
      return (JSON.parse(reply.body) as { count: number }).count === 0 ? other : reply
    },
  },
  'an unknown id empties the page': onPage((page, ask) => {
    const ids = ask.url.searchParams.get('call_ids')?.split(',') ?? []
    return ids.length > page.count ? { count: 0, next: null, previous: null, results: [] } : page
  }),
  'an unknown assistant ignored': rewriting((ask) =>
    !knownData.assistants.includes(ask.url.searchParams.get('assistant_id') ?? '')
      ? withParameters(ask, { assistant_id: undefined })
      : ask,
  ),
  'only one filter counts': rewriting((ask) =>
    ask.url.searchParams.has('assistant_id') && ask.url.searchParams.has('call_ids')
      ? withParameters(ask, {
          timestamp_from: undefined,
          timestamp_to: undefined,
          assistant_id: undefined,
        })
      : ask,
  ),
}

const paging: { [what: string]: { [what: string]: Wrapper } } = {
  order: {
    'turned round on odd pages': onPage((page, ask) =>
      Number(ask.url.searchParams.get('page') ?? 1) % 2 === 1
        ? { ...page, results: page.results.toReversed() }
        : page,
    ),
    unstable: {
      api(base) {
        let asked = 0
        const { api } = onPage((page) =>
          asked++ % 2 === 1 ? { ...page, results: page.results.toReversed() } : page,
        )
        return api!(base)
      },
    },
    'oldest first': slicing(({ rows, page, size }) => slice(rows.toReversed(), page, size)),
    'by id': slicing(({ rows, page, size }) =>
      slice(
        rows.toSorted((a, b) => (a.id % 97) - (b.id % 97)),
        page,
        size,
      ),
    ),
  },
  count: {
    'of the page': onPage((page) => ({ ...page, count: page.results.length })),
    'plus 1': onPage((page) => ({ ...page, count: page.count + 1 })),
    'minus 1': onPage((page) => ({ ...page, count: Math.max(0, page.count - 1) })),
    'of everything': onPage(async (page) => ({ ...page, count: knownData.rows })),
    'falls from page to page': onPage((page, ask) => ({
      ...page,
      count: page.count - (Number(ask.url.searchParams.get('page') ?? 1) > 2 ? 1 : 0),
    })),
  },
  overshoot: {
    'an empty page': onReply((reply, ask) =>
      reply.status === 404 && Number(ask.url.searchParams.get('page')) > 1
        ? json(200, { count: knownData.rows, next: null, previous: null, results: [] })
        : reply,
    ),
    'refused with 400': onReply((reply) =>
      reply.status === 404 ? json(400, { page: ['Invalid page.'] }) : reply,
    ),
    'page 1 again': {
      api: (base) => async (ask) => {
        const reply = await base(ask)
        return reply.status === 404 && Number(ask.url.searchParams.get('page')) > 1
          ? base(withParameters(ask, { page: 1 }))
          : reply
      },
    },
    'another shape': onReply((reply, ask) =>
      reply.status === 404 && ask.url.searchParams.has('page')
        ? json(404, { error: 'No.' })
        : reply,
    ),
    'only the next page': onReply((reply, ask) =>
      reply.status === 404 && Number(ask.url.searchParams.get('page')) > 1000
        ? json(200, { count: knownData.rows, next: null, previous: null, results: [] })
        : reply,
    ),
  },
  offset: {
    'repeats one': slicing(({ rows, page, size }) => slice(rows, page, size, page > 1 ? -1 : 0)),
    'skips one': slicing(({ rows, page, size }) => slice(rows, page, size, page > 1 ? 1 : 0)),
    'counts from 0': slicing(({ rows, page, size }) => slice(rows, page + 1, size)),
    'by 20, whatever the size': slicing(({ rows, page, size }) =>
      rows.slice((page - 1) * 20, (page - 1) * 20 + size),
    ),
  },
}

const link = (change: (url: URL) => string | null, which: 'next' | 'previous' = 'next'): Wrapper =>
  onPage((page) => {
    const to = page[which]
    return to === null ? page : { ...page, [which]: change(new URL(to)) }
  })

const links: { [what: string]: Wrapper } = {
  'another host': link((url) => url.href.replace(url.host, 'api.example.com')),
  'https for http': link((url) => url.href.replace('http:', 'https:')),
  'filters lost': link((url) => {
    for (const name of Array.from(url.searchParams.keys()))
      if (!['page', 'page_size', 'agent_id'].includes(name)) url.searchParams.delete(name)
    return url.href
  }),
  'page_size lost': link((url) => (url.searchParams.delete('page_size'), url.href)),
  'agent lost': link((url) => (url.searchParams.delete('agent_id'), url.href)),
  'key added': link((url) => (url.searchParams.set('api_key', 'x'), url.href)),
  relative: link((url) => url.pathname + url.search),
  'no slash': link((url) => url.href.replace('/?', '?')),
  'another path': link((url) => url.href.replace('/v1/', '/v2/')),
  'next never': onPage((page) => ({ ...page, next: null })),
  'next always': onPage((page, ask) => ({
    ...page,
    next:
      page.next ??
      withParameters(ask, { page: Number(ask.url.searchParams.get('page') ?? 1) + 1 }).url.href,
  })),
  'next is itself': onPage((page, ask) => ({ ...page, next: page.next && ask.url.href })),
  'next skips one': link((url) => {
    url.searchParams.set('page', String(Number(url.searchParams.get('page')) + 1))
    return url.href
  }),
  'previous never': onPage((page) => ({ ...page, previous: null })),
  'previous is itself': onPage((page, ask) => ({
    ...page,
    previous: page.previous && ask.url.href,
  })),
  'previous always': onPage((page, ask) => ({ ...page, previous: page.previous ?? ask.url.href })),
  'previous loses filters': link(
    (url) => (url.searchParams.delete('timestamp_from'), url.href),
    'previous',
  ),
}

const without = (row: Row, name: string): Row =>
  Object.fromEntries(Object.entries(row).filter(([own]) => own !== name)) as Row

const body: { [what: string]: Wrapper } = {
  'field dropped': onRow((row) => without(row, 'status')),
  'optional field dropped from one row': onRow((row, at) =>
    at === 3 ? without(row, 'topic') : row,
  ),
  'id as string': onRow((row) => ({ ...row, id: String(row.id) as unknown as number })),
  'topic null': onRow((row) => ({ ...row, topic: null })),
  'another status': onRow((row) => ({ ...row, status: 'escalated' })),
  'extra field': onRow((row) => ({ ...row, agent_name: 'Support' })),
  'extra field on the page': onPage((page) => ({ ...page, page: 1 })),
  'field of the page dropped': onPage(({ previous: _, ...page }) => page),
  'duration in seconds': onRow((row) => ({ ...row, duration: '70' })),
  'duration as number': onRow((row) => ({ ...row, duration: 70 })),
  'naive time': onRow((row) => ({ ...row, timestamp: String(row['timestamp']).replace('Z', '') })),
  'time in seconds': onRow((row) => ({ ...row, created_at: 1_736_933_400 })),
  'success lies': onRow((row) => ({
    ...row,
    success: row['success'] === null ? null : !row['success'],
  })),
  'is_reviewed lies': onRow((row) => ({ ...row, is_reviewed: !row['is_reviewed'] })),
  'every call judged': onRow((row) => ({
    ...row,
    success: String(row['status']).endsWith('success'),
  })),
  'created before the call': onRow((row) => ({ ...row, created_at: '2024-01-01T00:00:00Z' })),
  'updated before created': onRow((row) => ({ ...row, updated_at: row['timestamp'] })),
  'one rare null': onRow((row) => (row.id % 50 === 0 ? { ...row, call_ended_reason: null } : row)),
  'one rare metric without a name': onRow((row) =>
    row.id % 50 === 1
      ? {
          ...row,
          metrics: (row['metrics'] as object[]).map((metric) => ({ ...metric, name: undefined })),
        }
      : row,
  ),
  'too long a number': onRow((row) => ({ ...row, customer_number: '1'.repeat(101) })),
  "another agent's number": onRow((row) => ({ ...row, agent: 7 })),
  'one row twice': onPage((page) => ({
    ...page,
    results: page.results.map((row, at, rows) => (at === 5 ? rows[4]! : row)),
  })),
  'a bare array': onPage((page) => page.results),
  'results under data': onPage(({ results, ...page }) => ({ ...page, data: results })),
  'results null when empty': onPage((page) =>
    page.results.length === 0 ? { ...page, results: null } : page,
  ),
}

const protocol: { [what: string]: Wrapper } = {
  '201': onReply((reply) => (reply.status === 200 ? { ...reply, status: 201 } : reply)),
  '206': onReply((reply) => (reply.status === 200 ? { ...reply, status: 206 } : reply)),
  'text/plain': onReply((reply) => ({
    ...reply,
    headers: { ...reply.headers, 'content-type': 'text/plain' },
  })),
  'no content type': onReply((reply) => ({ ...reply, headers: {} })),
  HTML: onReply((reply) =>
    reply.status === 200
      ? { status: 200, headers: { 'content-type': 'text/html' }, body: html }
      : reply,
  ),
  'cut body': onReply((reply) => ({ ...reply, body: reply.body.slice(0, -10) })),
  'a letter before the body': onReply((reply) => ({ ...reply, body: `)]}'${reply.body}` })),
  redirect: onReply((reply, ask) =>
    reply.status === 200 ? { status: 302, headers: { location: ask.url.href }, body: '' } : reply,
  ),
  'POST answered': onAsk((ask) => ({
    ...ask,
    method: ['POST', 'PUT', 'PATCH', 'DELETE'].includes(ask.method) ? 'GET' : ask.method,
  })),
  'path without slash answered': onAsk((ask) =>
    ask.url.pathname.endsWith('/')
      ? ask
      : { ...ask, url: new URL(`${ask.url.pathname}/${ask.url.search}`, ask.url) },
  ),
  'any path answered': onAsk((ask) => ({
    ...ask,
    url: new URL(ask.url.href.replace(/(call-logs\/)[^?]+/, '$1')),
  })),
}

const ignoringControl = (path: string): Wrapper => ({
  control: (base) => async (asked, body) => (asked === path ? 204 : base(asked, body)),
})

const control: { [what: string]: Wrapper } = {
  'insert does nothing': ignoringControl('/insert'),
  'delete does nothing': ignoringControl('/delete'),
  'update does nothing': ignoringControl('/update'),
  'faults do nothing': ignoringControl('/faults'),
  'reset does nothing': ignoringControl('/reset'),
  'update moves the call': {
    control: (base) => async (path, sent) =>
      base(
        path,
        path === '/update' ? { ...(sent as object), timestamp: '2025-01-02T00:00:00Z' } : sent,
      ),
  },
  'delete takes all': {
    control: (base) => async (path, sent) => {
      if (path !== '/delete') return base(path, sent)
      const [id] = sent as number[]
      return base(path, [id, id! - 1])
    },
  },
}

const families: { [operator: string]: { [what: string]: Wrapper } } = {
  auth,
  faults,
  input,
  size,
  filters,
  ...paging,
  links,
  body,
  protocol,
  control,
}

/** Every fault that a sandbox may have. */
export const sandboxMutants: SandboxMutant[] = Object.entries(families).flatMap(
  ([operator, mutants]) =>
    Object.entries(mutants).map(([what, wrapper]) => ({
      id: `${operator}:${what}`,
      operator,
      wrapper,
    })),
)
