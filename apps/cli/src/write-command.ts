/** A text as one word to a shell. */
export const quote = (text: string): string =>
  /^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** A command line that a shell reads back as these arguments. */
export const writeCommand = (args: readonly string[]): string =>
  ['cekura-logs', ...args.map(quote)].join(' ')

const shortNames: Readonly<Record<string, string>> = { '--output': '-o' }

/** The arguments with one flag set, in place of what it was set to. */
export function setFlag(args: readonly string[], flag: string, value: string): string[] {
  const kept: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!
    if (arg === flag || arg === shortNames[flag]) at += 1
    else if (!arg.startsWith(`${flag}=`)) kept.push(arg)
  }
  return [...kept, flag, value]
}

/** The arguments without a flag that takes no value. */
export const dropFlag = (args: readonly string[], flag: string): string[] =>
  args.filter((arg) => arg !== flag)

/** Flags that say which service is asked, with which key, about whom. */
const serviceFlags = new Set([
  '--agent',
  '--api-url',
  '--allow-host',
  '--api-key-file',
  '--env-file',
  '--config',
])

/** `doctor` for what a command line asks. */
export function writeDoctor(args: readonly string[]): string {
  const kept: string[] = []
  for (const [at, arg] of args.entries()) {
    if (serviceFlags.has(arg)) kept.push(arg, args[at + 1] ?? '')
    else if (serviceFlags.has(arg.split('=', 1)[0]!)) kept.push(arg)
  }
  return writeCommand(['doctor', ...kept])
}

/** The command line with one flag set. */
export const withFlag = (args: readonly string[], flag: string, value: string): string =>
  writeCommand(setFlag(args, flag, value))
