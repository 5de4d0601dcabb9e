// The service of the bench: node sandbox.ts ROWS LATENCY_MS prints its addresses and ends with its stdin.
import { startMock } from '@cekura-kit/mock'

const [rows, latencyMs] = process.argv.slice(2).map(Number) as [number, number]
const mock = await startMock({ mode: 'sandbox', rows, latencyMs })
console.log(JSON.stringify({ url: mock.url, controlUrl: mock.controlUrl }))
process.stdin.resume().on('end', () => void mock.close())
