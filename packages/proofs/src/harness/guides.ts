import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { repository } from './repository.ts'

/**
 * Reads a code block of a guide, so that what users copy is what runs here.
 *
 * @param guide its path from the root, such as `docs/consuming.md`
 * @param name file that the first line of the block names, such as `vitest.config.ts`
 * @throws {Error} when the guide has no such block
 */
export async function readBlock(guide: string, name: string): Promise<string> {
  const blocks = (await readFile(join(repository, guide), 'utf8')).matchAll(
    /^```\w+\n(?:\/\/|#) (\S+)\n([\s\S]*?)^```$/gm,
  )
  for (const [, title, text] of blocks) if (title === name) return text!
  throw new Error(`${guide} has no block that starts with the name ${name}.`)
}

/** Reads the commands of a block of a guide: lines of a shell, or `run` steps of a workflow. */
export async function readCommands(guide: string, name: string): Promise<string[]> {
  const lines = (await readBlock(guide, name)).trim().split('\n')
  return lines.map((line) => line.replace(/^- run: /, '').replace(/ +#.*/, ''))
}

/**
 * Puts output into the block below the comment `<!-- output: NAME -->` of a guide.
 *
 * @param guide its path from the root
 * @param isWriting whether to write it; otherwise a difference throws
 */
export async function updateOutput(
  guide: string,
  outputs: { [name: string]: string },
  isWriting: boolean,
): Promise<void> {
  const path = join(repository, guide)
  const before = await readFile(path, 'utf8')
  let after = before
  for (const [name, text] of Object.entries(outputs)) {
    const place = new RegExp(`(<!-- output: ${name} -->\n\n\`\`\`\\w+\n)[\\s\\S]*?\n?\`\`\``)
    if (!place.test(after)) throw new Error(`${guide} has no block "output: ${name}".`)
    after = after.replace(place, (_, start: string) => `${start}${text}\n\`\`\``)
  }
  if (after === before) return
  if (isWriting) return writeFile(path, after)
  const [old, now] = [before.split('\n'), after.split('\n')]
  const line = now.findIndex((text, index) => text !== old[index])
  throw new Error(
    `${guide}:${line + 1} has other output: expected "${now[line]}", got "${old[line]}". Run \`pnpm --filter @cekura-kit/proofs story --write\` and read the difference.`,
  )
}
