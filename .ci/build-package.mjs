// Builds the package in the current folder from scratch: ES modules in `dist`, CommonJS in `dist/cjs`
// for every entry point whose published `exports` have a `require` condition, and a start file for
// each command that rejects an older Node. As
// `prepack` it refuses every package manager but pnpm.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const { npm_lifecycle_event: script, npm_config_user_agent: agent = '' } = process.env
if (script === 'prepack' && !agent.startsWith('pnpm/')) {
  console.error(
    `Cannot pack with ${agent.split(' ')[0]}: expected pnpm, which replaces "workspace:" and "catalog:" versions. Run \`npx -y pnpm pack\`.`,
  )
  process.exit(1)
}

const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))

/** Compiles with the package's options and these on top; paths are relative to `dist`. */
function compile({ compilerOptions, ...files }) {
  const options = { noEmit: false, rootDir: '../src', outDir: '.', ...compilerOptions }
  const config = { extends: '../tsconfig.json', compilerOptions: options, ...files }
  writeFileSync('dist/tsconfig.json', JSON.stringify(config))
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'dist'], { stdio: 'inherit' })
  rmSync('dist/tsconfig.json')
  if (status !== 0) process.exit(1)
}

const { engines, exports, publishConfig } = JSON.parse(readFileSync('package.json', 'utf8'))
const published = publishConfig?.exports ?? {}
const names = Object.keys(published).filter((name) => published[name].require)

rmSync('dist', { recursive: true, force: true })
mkdirSync('dist')
compile({ include: ['../src'], exclude: ['../src/**/*.test.ts', '../src/**/*.test-helper.ts'] })
if (names.length > 0) {
  compile({
    compilerOptions: {
      module: 'commonjs',
      moduleResolution: 'bundler',
      verbatimModuleSyntax: false,
      outDir: 'cjs',
      // The sources are checked above, against better declarations of the dependencies.
      noCheck: true,
    },
    include: [],
    files: names.map((name) => `../${exports[name]}`),
  })
  // Tells Node and TypeScript that these files are CommonJS, unlike the rest of the package.
  writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n')
}

for (const [name, path] of Object.entries(publishConfig?.bin ?? {})) {
  const lowest = engines.node.slice('>='.length)
  writeFileSync(
    path,
    `#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number)
const [lowestMajor, lowestMinor] = [${lowest.replace('.', ', ')}]
if (major > lowestMajor || (major === lowestMajor && minor >= lowestMinor)) import('./bin.js')
else {
  console.error('${name} needs Node ${lowest} or newer, but this is Node ' + process.versions.node + '.')
  process.exitCode = 1
}
`,
  )
}
