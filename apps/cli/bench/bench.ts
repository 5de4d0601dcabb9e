// Speed, memory and start-up of the command line; on the loopback, the sandbox in a process of its own.
// node bench/bench.ts [start-up|speed|memory ...] runs those alone.
import { benchMemory } from './memory.ts'
import { benchSpeed } from './speed.ts'
import { benchStartUp } from './start-up.ts'

const benches = { 'start-up': benchStartUp, speed: benchSpeed, memory: benchMemory }
const wanted = process.argv.slice(2)
for (const [name, bench] of Object.entries(benches))
  if (wanted.length === 0 || wanted.includes(name)) await bench()
