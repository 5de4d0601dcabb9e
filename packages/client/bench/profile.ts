// Where the microseconds of a call go, by a profile of the processor: node bench/profile.ts
import { Session, type Profiler } from 'node:inspector/promises'
import { createClient } from '@cekura-kit/client'
import { createCallLog } from '@cekura-kit/client/testing'

const text = JSON.stringify({
  count: 1,
  next: null,
  previous: null,
  results: [createCallLog({ id: 1 })],
})
const headers = { 'content-type': 'application/json' }
const nothing = (): void => {}
const { callLogs } = createClient({
  apiKey: async () => 'k',
  baseUrl: 'https://api.example',
  fetch: async () => new Response(text, { headers }),
  hooks: { onRequest: nothing, onResponse: nothing, onRetry: nothing, onError: nothing },
})
const { signal } = new AbortController()

/** The first that fits a frame's file and function names it. */
const groups: [name: string, of: RegExp][] = [
  ['JSON.parse (and the try around it)', /response-error\.ts bodyOf/],
  ['the query: checks', /(list-query|settings)\.ts/],
  ['the query: openapi-fetch writes it', /openapi-fetch/],
  ['the list, its closures and promises', /call-logs\.ts/],
  ['the attempt: headers, hooks, limits, key', /(transport|hooks)\.ts/],
  ['the attempt: timer', /timers/],
  ['the attempt: signals', /(effects\.ts|abort_controller|event_target)/],
  ['the page: its shape', /create-client\.ts/],
  ['the body: our loop and its decoder', /(read-body\.ts|TextDecoder|decode)/],
  ['the answer: Response, headers and body stream', /(undici|webstreams|encoding|encode)/],
  ['promises and queue', /(task_queues|promises|async_hooks|enqueueMicrotask|runMicrotasks)/],
  ['garbage collection', /\(garbage collector\)/],
  ['the machine, not told further', /\((program|idle|root)\)/],
]

async function run(calls: number): Promise<void> {
  for (let n = 0; n < calls; n++) await callLogs.list({ agent_id: 2142 }, { signal })
}

const calls = 100_000
const session = new Session()
session.connect()
await run(20_000)
await session.post('Profiler.enable')
await session.post('Profiler.setSamplingInterval', { interval: 100 })
await session.post('Profiler.start')
await run(calls)
const { profile }: { profile: Profiler.Profile } = await session.post('Profiler.stop')

const names = new Map(
  profile.nodes.map(({ id, callFrame: { url, functionName } }) => {
    const frame = `${url} ${functionName}`
    return [id, groups.find(([, of]) => of.test(frame))?.[0] ?? 'the rest of Node']
  }),
)
const micros = new Map<string, number>()
profile.samples!.forEach((id, index) => {
  const name = names.get(id)!
  micros.set(name, (micros.get(name) ?? 0) + profile.timeDeltas![index]!)
})
const total = [...micros.values()].reduce((sum, each) => sum + each, 0)
console.log(`one record, everything on: ${(total / calls).toFixed(1)} µs a call while profiled`)
for (const [name, time] of [...micros].toSorted(([, a], [, b]) => b - a))
  console.log(
    `${(time / calls).toFixed(2).padStart(6)} µs ${((time / total) * 100).toFixed(0).padStart(3)} %  ${name}`,
  )
