#!/usr/bin/env node
import { main } from './main.ts'

const interrupt = new AbortController()
// Once: a second Ctrl-C ends the process at once, and the state bears that.
process.once('SIGINT', () => interrupt.abort())
process.exitCode = await main(process.argv.slice(2), process, interrupt.signal)
