import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const app = `import { createClient } from '@cekura-kit/client'
  for await (const call of createClient().callLogs.list({ agent_id: 1 })) console.log(call.id)`

async function sizeOf(
  contents: string,
  external: string[] = [],
): Promise<{ size: number; files: string }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external,
    write: false,
    metafile: true,
  })
  const files = Object.entries(Object.values(metafile.outputs)[0]!.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .toSorted(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .map(([file, { bytesInOutput }]) => `${basename(file)} ${bytesInOutput}`)
  return {
    size: gzipSync(outputFiles[0]!.contents, { level: 9 }).length,
    files: files.join(', '),
  }
}

const whole = await sizeOf(app)
const alone = await sizeOf(`import createClient from 'openapi-fetch'; console.log(createClient())`)
const own = await sizeOf(app, ['openapi-fetch'])
console.log(`before compression: ${whole.files}`)

// Why the last has another limit: docs/decisions/010-client-size.md.
test.each([
  { what: 'client and openapi-fetch', size: whole.size, limit: 6656 },
  { what: 'what the client adds to openapi-fetch', size: whole.size - alone.size, limit: 4096 },
  { what: 'own code, compressed by itself', size: own.size, limit: 4376 },
])('$what: no more than $limit bytes, minified and compressed', ({ what, size, limit }) => {
  console.log(`${what}: ${size} bytes, ${limit - size} left of ${limit}`)
  expect(size).toBeLessThanOrEqual(limit)
})
