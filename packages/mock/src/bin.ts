#!/usr/bin/env node
import { runCommand } from './cli/run-command.ts'

const waiting = new Set<() => void>()
let signals = 0
const onSignal = (): void => {
  signals++
  for (const resolve of waiting) resolve()
  waiting.clear()
}
process.on('SIGINT', onSignal).on('SIGTERM', onSignal)

let seen = 0
const signaled = (): Promise<void> =>
  new Promise((resolve) => {
    if (signals > seen++) resolve()
    else waiting.add(resolve)
  })

process.exit(await runCommand(process.argv.slice(2), process, signaled))
