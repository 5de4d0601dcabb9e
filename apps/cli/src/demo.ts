// The whole chain on real HTTP: the sandbox with its data, and what a team does with the client.
import { createClient, createTranscript, sendAndWait } from '@cekura-kit/client'
import { startMock } from '@cekura-kit/mock'

const print = (line: string): void => void process.stdout.write(`${line}\n`)

// Time passes, and an evaluation takes 0.2 seconds instead of 30.
await using mock = await startMock({ mode: 'sandbox', realTime: true, evaluationMs: 200 })
const cekura = createClient({ apiKey: 'demo-key', baseUrl: mock.url })

const [agent] = await cekura.agents.list({ q: 'Order line' }).toArray({ limit: 1 })
if (!agent) throw new Error('The sandbox has no agent "Order line".')
print(`Agent "${agent.name}" is ${agent.id}`)

const call = {
  call_id: 'call_demo',
  agent: agent.id,
  timestamp: '2025-01-31T23:59:00Z',
  transcript_json: createTranscript([
    { speaker: 'agent', text: 'Order line, how can I help you?', startSeconds: 0, endSeconds: 2 },
    { speaker: 'caller', text: 'Where is my order?', startSeconds: 3, endSeconds: 5 },
    { tool: 'find_order', arguments: { customer: 4711 }, startSeconds: 6 },
    { tool: 'find_order', result: { arrives: 'Friday' }, startSeconds: 7 },
    { speaker: 'agent', text: 'It arrives on Friday.', startSeconds: 8, endSeconds: 10 },
  ]),
}
const evaluated = await sendAndWait(cekura, call, {
  firstDelayMs: 300,
  onSent: ({ id, status }) => print(`Sent ${call.call_id}: call ${id} is ${status}`),
})
print(`Call ${evaluated.id} is a ${evaluated.status}:`)
for (const { name, score, enum: label } of evaluated.evaluation?.metrics ?? [])
  print(`  ${name.padEnd(20)} ${score ?? label}`)

print('Latest calls:')
const { results } = await cekura.callLogs.list({ agent_id: agent.id, page_size: 4 })
for (const { id, timestamp, duration = '', status } of results)
  print(`  ${String(id).padStart(10)}  ${timestamp}  ${duration}  ${status}`)
