import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const tsc = at('../../node_modules/typescript/bin/tsc')

export interface ConsumerOptions {
  lib?: string[]
  /** Packages of type declarations that are included. */
  types?: string[]
}

/** A folder with the declarations of client and types, in which programs of a consumer compile. */
export function createConsumer() {
  // Inside node_modules, so that openapi-fetch and @types are found from there.
  const folder = mkdtempSync(at('../../node_modules/consumer-'))
  for (const name of ['client', 'types'])
    execFileSync(process.execPath, [
      tsc,
      '-p',
      at(`../../../${name}`),
      '--noEmit',
      'false',
      '--emitDeclarationOnly',
      '--outDir',
      join(folder, name),
    ])

  return {
    folder,
    /** What the compiler prints for a program under the strictest options. */
    compile(
      program: string,
      { lib = ['es2022', 'dom', 'dom.iterable'], types = [] }: ConsumerOptions = {},
    ): string {
      const compilerOptions = {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noPropertyAccessFromIndexSignature: true,
        noEmit: true,
        skipLibCheck: true,
        target: 'es2022',
        module: 'nodenext',
        lib,
        types,
        paths: {
          '@cekura-kit/client': ['./client/index.d.ts'],
          '@cekura-kit/client/testing': ['./client/testing.d.ts'],
          '@cekura-kit/types': ['./types/index.d.ts'],
        },
      }
      writeFileSync(join(folder, 'program.mts'), program)
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, files: ['program.mts'] }),
      )
      return spawnSync(process.execPath, [tsc, '-p', '.', '--extendedDiagnostics'], {
        encoding: 'utf8',
        cwd: folder,
      }).stdout
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** The lines in which the compiler reports errors. */
export const errorsOf = (output: string): string[] =>
  output.split('\n').filter((line) => line.includes('error TS'))
