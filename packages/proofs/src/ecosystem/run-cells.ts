import { startMock } from '@cekura-kit/mock'
import { installConsumer } from '../harness/consumer.ts'
import type { PackageSource } from '../harness/package-source.ts'
import { selectChecks, type Report } from '../harness/report.ts'
import { cells } from './cells.ts'

/** Installs what the chosen cells use into a folder, and runs them one after another. */
export async function runCells(
  { step, table }: Report,
  words: readonly string[],
  folder: string,
  source: PackageSource,
): Promise<void> {
  const chosen = selectChecks(cells, words)
  const consumer = await step('install', () =>
    installConsumer({
      folder,
      files: 'ecosystem',
      packages: ['@cekura-kit/client'],
      source,
      needs: chosen.flatMap(({ needs }) => needs),
    }),
  )
  await using mock = await startMock({ mode: 'proxied', rows: 60 })
  await table(
    chosen.map(({ name, expected, run }) => ({
      name,
      async run() {
        const output = await run({ consumer, source, apiUrl: mock.url })
        if (output !== (expected ?? output))
          throw new Error(`expected ${JSON.stringify(expected)}, got ${output}`)
        return output
      },
    })),
  )
}
