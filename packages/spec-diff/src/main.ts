import { startSecondThread } from './second-thread.ts'

// Before anything else is loaded: both threads need the compiler.
const thread = startSecondThread(process.argv.slice(2))
const { compareFiles } = await import('./compare-files.ts')
await compareFiles(thread)
