import { operationDescriptors } from '@cekura-kit/types'
import type { Row } from '../contract-internals.ts'
import {
  isList,
  onPage,
  onResponse,
  setBody,
  type Fault,
  type Faults,
  type Request,
} from './fault.ts'

const isCall = ({ url, method }: Request): boolean =>
  method !== 'POST' && /\/call-logs\/\d+\/$/.test(url.pathname)

interface Call extends Row {
  evaluation: { metrics: Row[] }
  metadata: object
  transcript_object: Row[]
}

/** In a single call that is returned, in place. */
const onCall = (change: (call: Call, request: Request) => unknown): Fault =>
  onResponse((response, _, request) => {
    if (!isCall(request)) return
    const call = JSON.parse(response.body) as Call
    change(call, request)
    response.body = JSON.stringify(call)
  }, 200)

/** In a body that is sent, in place. */
const onSent = (method: string, change: (body: Record<string, unknown>) => unknown): Fault => ({
  request(request) {
    if (request.method !== method || !request.body.startsWith('{')) return
    const body = JSON.parse(request.body) as Record<string, unknown>
    change(body)
    request.body = JSON.stringify(body)
  },
})

const pathOf = (id: 'agents.list' | 'metrics.list'): string => operationDescriptors[id].path

/** Single calls, agents and metrics. */
const calls: Faults = {
  'never evaluated': {
    control: (path, sent) => (path === '/clock' ? null : sent),
  },
  'evaluated at once': onResponse((response, _, { method }) => {
    if (method === 'POST') response.body = response.body.replace('"evaluating"', '"success"')
  }, 201),
  'outcome before the evaluation': onResponse((response, _, { method }) => {
    if (method === 'POST') response.body = response.body.replace('"success":null', '"success":true')
  }, 201),
  'sent call not listed': onPage((page) => {
    page.results = page.results.filter(({ id }) => id < 2_000_000_000)
  }),
  'a metric too few': onCall(({ evaluation }) => void evaluation.metrics.pop()),
  'no results': onCall((call) => (call.evaluation = { metrics: [] })),
  'results of another call': onCall(({ evaluation: { metrics } }) => {
    for (const metric of metrics) if (metric['score'] !== undefined) metric['score'] = 4.25
  }),
  'transcript lost': onCall((call) => (call.transcript_object = [])),
  'transcript reversed': onCall(
    (call) => (call.transcript_object = call.transcript_object.toReversed()),
  ),
  'metadata lost': onCall((call) => (call.metadata = {})),
  'metadata not sent': onSent('POST', (body) => Reflect.deleteProperty(body, 'metadata')),
  'metadata not updated': onSent('PATCH', (body) => Reflect.deleteProperty(body, 'metadata')),
  'duration not updated': onSent('PATCH', (body) => Reflect.deleteProperty(body, 'duration')),
  'duration in seconds': onSent('PATCH', (body) => {
    if (typeof body['duration'] === 'number') body['duration'] /= 60
  }),
  'another topic': onCall((call) => (call['topic'] = 'x')),
  'another call': onCall((call) => (call.id += 1)),
  'any call exists': {
    request(request) {
      if (isCall(request))
        request.url.pathname = request.url.pathname.replace('999999999999', '200000001')
    },
  },
  'update of another call': {
    request(request) {
      if (request.method === 'PATCH' && isCall(request))
        request.url.pathname = request.url.pathname.replace(/\d+\/$/, '200000001/')
    },
  },
  'search ignored': {
    request: ({ url }) => url.pathname === pathOf('agents.list') && url.searchParams.delete('q'),
  },
  'search finds nothing': onResponse((response, { agent_id }, { url }) => {
    if (agent_id === undefined && url.pathname === pathOf('agents.list'))
      setBody(response, 200, { next: null, previous: null, results: [] })
  }, 200),
  'metrics of any agent': {
    request: ({ url }) =>
      url.pathname === pathOf('metrics.list') && url.searchParams.delete('agent_id'),
  },
  'no metrics': onResponse((response, _, request) => {
    if (!isList(request) && request.url.pathname === pathOf('metrics.list'))
      setBody(response, 200, [])
  }, 200),
}

/** Faults of single calls, agents and metrics. */
export const callFaults = { calls }
