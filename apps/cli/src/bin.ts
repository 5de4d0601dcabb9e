#!/usr/bin/env node
import { createProcessIo } from './io.ts'
import { main } from './main.ts'

const stop = new AbortController()
// Once each: a second Ctrl-C ends the process at once, and every state bears that.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(name))
// A reader that goes is told to whoever writes; without a listener Node ends the process with a dump.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
// Node 22 calls parts experimental that this knows; a reader of stderr need not.
const warn = process.listeners('warning')
process.removeAllListeners('warning').on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') for (const tell of warn) tell(warning)
})
// Not process.exit(): it would cut off what a pipe has not taken yet.
process.exitCode = await main(process.argv.slice(2), createProcessIo(process, stop.signal))
