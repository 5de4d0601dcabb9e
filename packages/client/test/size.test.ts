import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { operationDescriptors } from '@cekura-kit/types'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const app = `import { createClient } from '@cekura-kit/client'
  for await (const call of createClient().callLogs.list({ agent_id: 1 })) console.log(call.id)`

async function sizeOf(contents: string): Promise<{ bytes: number; files: string }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
  })
  const files = Object.entries(Object.values(metafile.outputs)[0]!.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .toSorted(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .map(([file, { bytesInOutput }]) => `${basename(file)} ${bytesInOutput}`)
  return { bytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length, files: files.join(', ') }
}

// The size with nine operations and 300 bytes, and at most 100 bytes for each other operation.
const maxBytes = 11_500 + 100 * (Object.keys(operationDescriptors).length - 9)

test(`the client with openapi-fetch takes at most ${maxBytes} bytes, minified and gzipped`, async () => {
  const { bytes, files } = await sizeOf(app)
  console.log(`${bytes} bytes of ${maxBytes}; before compression: ${files}`)
  expect(bytes).toBeLessThanOrEqual(maxBytes)
})

test('functions over the client are in no bundle that does not import them', async () => {
  const { files } = await sizeOf(app)
  for (const name of readdirSync(new URL('../src/call-logs', import.meta.url)))
    expect(files).not.toContain(name)
})
