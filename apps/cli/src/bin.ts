#!/usr/bin/env node
import { createProcessIo } from './io.ts'
import { main } from './main.ts'

const stop = new AbortController()
// Once each: a second Ctrl-C ends the process at once, which is safe for a state.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(name))
// The writer reports a closed pipe; without a listener Node prints a stack.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
// Node 22 warns about experimental features that are used deliberately.
const warn = process.listeners('warning')
process.removeAllListeners('warning').on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') for (const listener of warn) listener(warning)
})
// Not process.exit(): it would truncate a slow pipe.
process.exitCode = await main(process.argv.slice(2), createProcessIo(process, stop.signal))
