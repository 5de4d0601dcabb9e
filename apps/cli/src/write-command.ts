const quote = (text: string): string =>
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

/** The command line with one flag set. */
export const withFlag = (args: readonly string[], flag: string, value: string): string =>
  writeCommand(setFlag(args, flag, value))
