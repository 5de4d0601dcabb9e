// Time and memory for documents of 800 paths: the same, one edit that every operation shows, an edit
// in each operation. Prints one line per comparison and fails above the goals.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const goal = { seconds: 15, megabytes: 1_500 }
const count = 800
const fields = 40

const schemaOf = (i: number, edit: string): object => ({
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer', description: 'Identifies it.' },
    shared: { $ref: '#/components/schemas/Shared' },
    next: { $ref: `#/components/schemas/Item${(i + 1) % count}` },
    ...Object.fromEntries(
      Array.from({ length: fields }, (_, n) => [
        `field${n}`,
        { type: ['string', 'null'], maxLength: 100, description: `Field ${n} of item ${i}.` },
      ]),
    ),
    ...(edit === 'each' ? { added: { type: 'string' } } : {}),
  },
})

const createDocument = (edit: 'none' | 'shared' | 'each'): object => ({
  openapi: '3.1.0',
  info: { title: 'Large', version: '1' },
  paths: Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `/items${i}/{id}/`,
      {
        get: {
          operationId: `items${i}.get`,
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: {
            200: {
              description: 'OK.',
              content: {
                'application/json': { schema: { $ref: `#/components/schemas/Item${i}` } },
              },
            },
          },
        },
      },
    ]),
  ),
  components: {
    schemas: {
      Shared: {
        type: 'object',
        properties: {
          a: { type: 'string' },
          ...(edit === 'shared' ? { b: { type: 'string' } } : {}),
        },
      },
      ...Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`Item${i}`, schemaOf(i, edit)]),
      ),
    },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'large-'))
const command = fileURLToPath(new URL('../src/commands/spec-diff.ts', import.meta.url))
// Prints the peak of the command itself, whose output is not needed.
const script = `process.on('exit', () => console.error(process.resourceUsage().maxRSS)); await import(${JSON.stringify(command)})`
try {
  const old = join(folder, 'old.json')
  writeFileSync(old, JSON.stringify(createDocument('none'), null, 2))
  for (const edit of ['none', 'shared', 'each'] as const) {
    const next = join(folder, 'new.json')
    writeFileSync(next, JSON.stringify(createDocument(edit), null, 2))
    const startedMs = performance.now()
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', script, old, next],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    )
    const seconds = (performance.now() - startedMs) / 1_000
    const megabytes = Number(stderr.trim().split('\n').at(-1)) / 1_000
    const last = stdout.trim().split('\n').at(-1)
    console.log(`edit ${edit}: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB. ${last}`)
    if (status !== 0 || !(seconds < goal.seconds) || !(megabytes < goal.megabytes))
      process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true })
}
