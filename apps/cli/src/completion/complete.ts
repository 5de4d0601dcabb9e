import { topicNames } from '../help/topics.ts'
import type { CommandInfo } from '../options/command-info.ts'
import { partsOf, type Flag } from '../options/flag.ts'
import { flagsOf } from '../options/parse-command-line.ts'

const matching = (candidates: readonly string[] = [], start: string): string[] =>
  candidates.filter((each) => each.startsWith(start))

/**
 * What can replace the last word of a command line: commands, flags, or choices of a flag or argument.
 * Empty where a path or a free value is expected.
 */
export function complete(commands: readonly CommandInfo[], words: readonly string[]): string[] {
  const last = words.at(-1) ?? ''
  let command: CommandInfo | undefined
  let given = 0
  let open: Flag | undefined
  const find = (word: string): Flag | undefined =>
    flagsOf(command).find((flag) => {
      const { long, short } = partsOf(flag)
      return word === long || word === `-${short}`
    })
  for (const word of words.slice(0, -1)) {
    const flag = find(word)
    if (open) open = undefined
    else if (word.startsWith('-')) open = flag && partsOf(flag).value ? flag : undefined
    else if (command) given += 1
    else command = commands.find((each) => each.name === word)
  }
  if (open) return matching(open.choices, last)
  if (last.startsWith('-'))
    return matching([...new Set(flagsOf(command).map((each) => partsOf(each).long))], last)
  const names = commands.map((each) => each.name)
  if (!command) return matching(names, last)
  if (command.name === 'help' && given === 0) return matching([...names, ...topicNames], last)
  return matching(command.arguments?.[given]?.choices, last)
}
