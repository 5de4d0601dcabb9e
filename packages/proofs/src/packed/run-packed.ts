// Packs the public packages, installs the contract suite and the mock into an empty project, and runs
// them there as a user does: run-packed.ts [word ...] runs checks whose name has a word.
import { apiKeyHeader, operationDescriptors } from '@cekura-kit/types'
import { compile } from '../ecosystem/compile.ts'
import { installConsumer, type Consumer } from '../harness/consumer.ts'
import { packPackages } from '../harness/package-source.ts'
import { selectChecks, type Check } from '../harness/report.ts'
import { startCommand, type CommandResult } from '../harness/run-command.ts'
import { runProof } from '../harness/run-proof.ts'

/** The environment of a user's CI, with a key that no output may contain. */
const env = { CEKURA_API_KEY: 'packed-key', CEKURA_AGENT_ID: '2142' }

function expectThat(condition: boolean, message: string, output: string): void {
  if (!condition) throw new Error(`${message}\n${output}`)
}

function expectResult({ code, output }: CommandResult, expected: number, text: RegExp): void {
  expectThat(code === expected, `expected exit code ${expected}, got ${code}`, output)
  expectThat(text.test(output), `expected output that matches ${String(text)}, got`, output)
  expectThat(!output.includes(env.CEKURA_API_KEY), 'the output contains the API key', output)
}

const listChecks = (consumer: Consumer): Check[] => {
  const contract = (...args: string[]): Promise<CommandResult> =>
    consumer.try(consumer.bin('cekura-contract'), args, { env })
  return [
    {
      name: 'mock, with JUnit and JSON',
      async run() {
        const files = ['--junit', 'mock.xml', '--json', 'mock.json']
        const result = await contract('--target', 'mock', ...files)
        expectResult(result, 0, /^mock: \d+ checks: \d+ passed, 0 failed/m)
        const json = await consumer.read('mock.json')
        const { outcomes } = JSON.parse(json) as { outcomes: object[] }
        const xml = await consumer.read('mock.xml')
        expectThat(
          /^<\?xml .*\n<testsuite .* failures="0"/.test(xml),
          'not JUnit',
          xml.slice(0, 99),
        )
        return `${outcomes.length} checks`
      },
    },
    {
      name: 'sandbox behind Prism',
      async run() {
        const result = await contract('--target', 'proxied')
        expectResult(result, 0, /^proxied: \d+ checks: \d+ passed, 0 failed/m)
        return result.output.split('\n').at(-1)!
      },
    },
    {
      name: 'URL, with shapes',
      async run() {
        const serve = ['serve', '--mode', 'sandbox', '--rows', '150', '--json']
        const bin = consumer.bin('cekura-mock')
        await using mock = await startCommand(consumer.folder, bin, serve, /^(\{.*\})$/m)
        const { url, controlUrl } = JSON.parse(mock.ready) as { url: string; controlUrl: string }
        const args = ['--target', url, '--probe', '--shapes', 'shapes.json']
        expectResult(await contract(...args), 0, /^Wrote \d+ new shapes to shapes\.json$/m)
        expectResult(await contract(...args), 0, /^0 new shapes$/m)
        const list = `${url}${operationDescriptors['callLogs.list'].path}?agent_id=2142`
        const page = await fetch(list, { headers: { [apiKeyHeader]: 'any' } })
        const { results } = (await page.json()) as { results: { id: number }[] }
        const body = JSON.stringify({ id: results[0]!.id, status: 'escalated' })
        await fetch(`${controlUrl}/update`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
        const tested = await contract('--target', url, '--junit', 'url.xml')
        expectResult(tested, 1, /^failed accepted\.callLogs\.list\.required: .*must be equal/m)
        const shape = /^new shape: .*\.results\[\]\.status equals escalated$/m
        expectResult(await contract(...args), 1, shape)
        return 'passes twice, and reports a changed value'
      },
    },
    {
      name: 'usage error',
      async run() {
        const result = await contract('--target', 'prod')
        expectResult(result, 2, /"prod"/)
        return result.output
      },
    },
    {
      name: 'library',
      async run() {
        const compilerOptions = { target: 'es2024', lib: ['es2024', 'esnext.disposable', 'dom'] }
        const flags = ['--skipLibCheck']
        const { code, output } = await compile(consumer, {
          files: ['library.ts'],
          compilerOptions,
          flags,
        })
        expectThat(code === 0, 'library.ts does not compile', output)
        return consumer.run(process.execPath, 'library.ts')
      },
    },
  ]
}

await runProof('packed', async ({ step, table }, folder) => {
  const words = process.argv.slice(2)
  const source = await step('build and pack', () => packPackages(folder))
  const consumer = await step('install', () =>
    installConsumer({
      folder: `${folder}/consumer`,
      files: 'packed',
      packages: ['@cekura-kit/contract', '@cekura-kit/mock', '@cekura-kit/types'],
      source,
    }),
  )
  await table(selectChecks(listChecks(consumer), words))
})
