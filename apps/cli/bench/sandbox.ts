// The sandbox, which computes its calls when they are asked for: node sandbox.ts ROWS prints its address
// and ends with its stdin.
import { startMock } from '@cekura-kit/mock'

const mock = await startMock({ mode: 'sandbox', rows: Number(process.argv[2]) })
console.log(JSON.stringify({ url: mock.url }))
process.stdin.resume().on('end', () => void mock.close())
