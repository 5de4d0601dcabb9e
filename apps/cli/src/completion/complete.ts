import type { Command, Option } from 'commander'
import { topicNames } from '../help/topics.ts'
import { declarationOf } from '../options/flag.ts'

const takesValue = (option: Option | undefined): boolean =>
  option !== undefined && (option.required || option.optional)

const choicesOf = (option: Option | undefined): readonly string[] =>
  (option && declarationOf(option)?.choices) ?? []

const matching = (candidates: readonly string[], start: string, prefix = ''): string[] =>
  candidates.filter((each) => each.startsWith(start)).map((each) => prefix + each)

/** Bash splits `--format=json` into three words. */
function joinValues(words: readonly string[]): string[] {
  const joined: string[] = []
  for (const [at, word] of words.entries())
    if (word !== '=' && words[at - 1] !== '=') joined.push(word)
  return words.at(-1) === '='
    ? [...joined, '']
    : words.at(-2) === '='
      ? [...joined, words.at(-1)!]
      : joined
}

/**
 * What can replace the last word of a command line: commands, flags, or choices of a flag or argument.
 * Empty where a path or a free value is expected.
 */
export function complete(root: Command, typed: readonly string[]): string[] {
  const words = joinValues(typed)
  const last = words.at(-1) ?? ''
  let command = root
  let given = 0
  let open: Option | undefined
  const find = (flag: string): Option | undefined =>
    [...command.options, ...root.options].find(({ long, short }) => flag === long || flag === short)
  for (const word of words.slice(0, -1))
    if (open) open = undefined
    else if (word.startsWith('-')) open = takesValue(find(word)) ? find(word) : undefined
    else if (command === root) command = root.commands.find((each) => each.name() === word) ?? root
    else given += 1
  const [, flag, value] = /^(--[^=]+)=(.*)$/.exec(last) ?? []
  if (flag !== undefined) return matching(choicesOf(find(flag)), value!, `${flag}=`)
  if (open) return matching(choicesOf(open), last)
  if (last.startsWith('-')) {
    const flags = [...command.options, ...root.options].filter(({ hidden }) => !hidden)
    return matching([...new Set(flags.flatMap(({ long }) => long ?? []))], last)
  }
  const names = root.commands.map((each) => each.name())
  if (command === root) return matching(names, last)
  const argument = command.registeredArguments[given]
  if (argument?.name() === 'topic') return matching([...names, ...topicNames], last)
  return matching(argument?.argChoices ?? [], last)
}
