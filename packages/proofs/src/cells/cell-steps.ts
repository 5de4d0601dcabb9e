import { join } from 'node:path'
import { readBlock } from '../harness/guides.ts'
import { listPublicPackages } from '../harness/repository.ts'
import { runCommand, tryCommand } from '../harness/run-command.ts'
import type { Project } from './project.ts'

/** @throws {Error} when a program prints something else */
export async function expectOutput(output: Promise<string>, expected: string): Promise<string> {
  const found = await output
  if (found !== expected) throw new Error(`expected ${JSON.stringify(expected)}, got ${found}`)
  return found
}

/** Runs the Jest configuration and the test of the guide. */
export async function runJest(project: Project): Promise<string> {
  for (const file of ['jest.config.js', 'jest-setup.mjs', 'jest-teardown.mjs', 'calls.test.js'])
    await project.write(file, await readBlock('docs/consuming.md', file))
  const output = await project.bin('jest', [])
  return /Tests: .*/.exec(output)![0]
}

const binOf = (name: string): string => `node_modules/${name}/dist/start.cjs`

/** A command that needs a newer Node says so, with both versions. */
async function expectOlderNodeRejected(olderNode: string, folder: string): Promise<void> {
  const { code, output } = await tryCommand(folder, olderNode, [binOf('cekura-logs'), '--help'])
  if (
    code !== 1 ||
    !/^cekura-logs needs Node [\d.]+ or newer, but this is Node 20\.19\.0\.$/.test(output)
  )
    throw new Error(`expected one message about Node, got exit code ${code}: ${output}`)
}

/** Runs what each package is for on the lowest Node that its `engines` state. */
export async function runOnLowestNode(
  project: Project,
  apiUrl: string,
  consumed: string,
): Promise<string> {
  const nodeOf = (name: string): string => {
    const version = listPublicPackages().find((one) => one.name === name)!.engines!.node!
    return join(project.folder, 'node_modules', `node${version.slice(2)}`, 'bin/node')
  }
  const run = (name: string, ...args: string[]): Promise<string> =>
    runCommand(project.folder, nodeOf(name), args, {
      env: { CEKURA_API_KEY: 'cells', CEKURA_API_URL: apiUrl },
    })

  await expectOutput(run('@cekura-kit/mock', 'start.js'), consumed)
  await run('@cekura-kit/call-format', 'csv.js')
  await expectOutput(run('@cekura-kit/mock', 'msw.js'), '3')
  await expectOlderNodeRejected(nodeOf('@cekura-kit/mock'), project.folder)
  const contract = await run(
    '@cekura-kit/contract',
    binOf('@cekura-kit/contract'),
    '--target',
    'proxied',
  )
  const calls = await run('cekura-logs', binOf('cekura-logs'), 'list', '--agent', '2142')
  return `${contract.split('\n').find((line) => line.startsWith('proxied:'))}; cekura-logs lists ${calls.split('\n').length} lines`
}
