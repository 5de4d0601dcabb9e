// Mutation gate on how client and mock are written: StrykerJS changes their sources, and a test must
// see each change, or code-survivors.json says why none can.
//   node mutate/code.ts [client|mock] [FILE ...]      a file as src/retry-after.ts
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { judgeReport, type Explained, type Report } from './code-survivors.ts'

const names = ['client', 'mock']
const here = (path: string): URL => new URL(path, import.meta.url)
const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(here(path), 'utf8'))

/** Runs StrykerJS in a package. @throws when it cannot grade */
async function grade(name: string, files: readonly string[]): Promise<Report> {
  const only = files.length > 0 ? ['--mutate', files.join(',')] : []
  const child = spawn('node_modules/.bin/stryker', ['run', ...only], {
    cwd: fileURLToPath(here(`../../../../${name}`)),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`Cannot grade ${name}: StrykerJS ended with ${code}, see above`)
  return (await readJson(`../../../../${name}/coverage/mutation.json`)) as Report
}

const [chosen, ...files] = process.argv.slice(2)
if (chosen !== undefined && !names.includes(chosen)) {
  console.error(
    `Cannot mutate the package "${chosen}": give ${names.join(' or ')}, or nothing for both`,
  )
  process.exit(2)
}

const missing = files.find((file) => !existsSync(here(`../../../../${chosen}/${file}`)))
if (missing !== undefined) {
  console.error(`Cannot mutate "${missing}": ${chosen} has no such file; give one as src/NAME.ts`)
  process.exit(2)
}

const explained = (await readJson('code-survivors.json')) as { [name: string]: Explained }
const lines: string[] = []
for (const name of chosen === undefined ? names : [chosen]) {
  const start = performance.now()
  const report = await grade(name, files)
  const { mutants, killed, timedOut, harmless, survivors, stale } = judgeReport(
    report,
    explained[name] ?? {},
  )
  const minutes = ((performance.now() - start) / 60_000).toFixed(1)
  lines.push(
    `${name}: ${mutants} mutants of ${Object.keys(report.files).length} files, ${killed} killed (${timedOut} by waiting for ever), ${harmless} explained, ${survivors.length} not, ${minutes} min`,
  )
  for (const { file, code, becomes } of survivors)
    lines.push(`${name}/${file} survives:\n  - ${code}\n  + ${becomes}`)
  for (const { file, code, becomes } of stale)
    lines.push(
      `code-survivors.json excuses in ${name}/${file} what does not survive:\n  - ${code}\n  + ${becomes}`,
    )
  if (survivors.length + stale.length > 0) process.exitCode = 1
}
console.log(lines.join('\n'))
