// What the mock costs, beside Prism's own command line and msw, and beside its limits; on the loopback.
// node bench/mock.ts [start-up|load|rows|memory|recovery|cycles ...] runs those alone.
import { agent } from './measure.ts'
import { benchCycles } from './cycles.ts'
import { benchLoad } from './load.ts'
import { benchMemory } from './memory.ts'
import { benchRecovery } from './recovery.ts'
import { benchRows } from './rows.ts'
import { benchStartUp } from './start-up.ts'

const benches = {
  'start-up': benchStartUp,
  load: benchLoad,
  rows: benchRows,
  memory: benchMemory,
  recovery: benchRecovery,
  cycles: benchCycles,
}
const wanted = process.argv.slice(2)
for (const [name, bench] of Object.entries(benches))
  if (wanted.length === 0 || wanted.includes(name)) await bench()
agent.destroy()
