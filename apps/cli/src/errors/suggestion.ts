import { existsSync } from 'node:fs'
import { parse, join } from 'node:path'
import { agent, globalFlags } from '../options/flags.ts'
import type { Flag } from '../options/flag.ts'
import type { Suggestion } from './command-error.ts'

/** Quotes a string as one shell word. Placeholders stay readable. */
export const quote = (text: string): string =>
  /^[\w./:=,@%+-]+$|^<[a-z-]+>$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** A command line that a shell splits into these arguments. */
export const writeCommand = (args: readonly string[]): string =>
  ['cekura-logs', ...args.map(quote)].join(' ')

/** Where a flag is among the arguments; the last one counts. */
const findFlag = (args: readonly string[], flag: string): number =>
  args.findLastIndex(
    (arg) => arg === flag || arg.startsWith(`${flag}=`) || (arg === '-o' && flag === '--output'),
  )

/** The value of a flag as typed; undefined without the flag. */
export function flagValue(args: readonly string[], flag: string): string | undefined {
  const at = findFlag(args, flag)
  if (at === -1) return undefined
  return args[at]!.startsWith(`${flag}=`) ? args[at]!.slice(flag.length + 1) : args[at + 1]
}

/** The arguments with one flag set: in its place, or at the end. */
export function setFlag(args: readonly string[], flag: string, value: string): string[] {
  const at = findFlag(args, flag)
  if (at === -1) return [...args, flag, value]
  return args.toSpliced(at, args[at]!.startsWith(`${flag}=`) ? 1 : 2, flag, value)
}

/** The arguments without a flag that takes no value. */
export const dropFlag = (args: readonly string[], flag: string): string[] =>
  args.filter((arg) => arg !== flag)

/** Flags that choose the API, the key and the agent. */
const connectionFlags = ([agent, ...Object.values(globalFlags)] as readonly Flag[])
  .filter(({ isConnection }) => isConnection)
  .map(({ flag }) => flag.split(' ')[0]!)

/** `doctor` with the connection of the command as typed. */
export const doctorCommand = (args: readonly string[]): string =>
  writeCommand([
    'doctor',
    ...connectionFlags.flatMap((flag) => {
      const value = flagValue(args, flag)
      return value === undefined ? [] : [flag, value]
    }),
  ])

/** The command as typed with one flag set. */
export const withFlag = (args: readonly string[], flag: string, value: string): string =>
  writeCommand(setFlag(args, flag, value))

/** `calls.ndjson` as `calls-2.ndjson`, or the next number without a file. */
export function findFreePath(path: string): string {
  const { dir, name, ext } = parse(path)
  for (let number = 2; ; number++) {
    const free = join(dir, `${name}-${number}${ext}`)
    if (!existsSync(free) && !existsSync(`${free}.state`)) return free
  }
}

/** The command as typed, writing next to what is there. */
export function useAnotherOutput(args: readonly string[]): string {
  const kept = dropFlag(args, '--restart')
  const output = flagValue(kept, '--output') ?? 'calls.ndjson'
  return writeCommand(setFlag(kept, '--output', findFreePath(output)))
}

/** A suggestion as a command to paste. */
export function completeSuggestion(suggestion: Suggestion, args: readonly string[]): string {
  if (typeof suggestion === 'function') return suggestion(args)
  if (typeof suggestion === 'string') return suggestion
  let all = args
  for (let at = 0; at < suggestion.length; at += 2)
    all = setFlag(all, suggestion[at]!, suggestion[at + 1]!)
  return writeCommand(all)
}
