// Builds the package in the current folder from scratch: ES modules in `dist`, and CommonJS in
// `dist/cjs` for every entry point whose published `exports` have a `require` condition. As
// `prepack` it refuses every package manager but pnpm.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const { npm_lifecycle_event: script, npm_config_user_agent: agent = '' } = process.env
if (script === 'prepack' && !agent.startsWith('pnpm/')) {
  console.error(
    `Cannot pack with ${agent.split(' ')[0]}: expected pnpm, which replaces "workspace:" and "catalog:" versions. Run \`npx -y pnpm pack\`.`,
  )
  process.exit(1)
}

const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))
const compile = (...args) =>
  execFileSync(process.execPath, [tsc, ...args, '--noEmit', 'false'], { stdio: 'inherit' })
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const published = manifest.publishConfig?.exports ?? {}
const files = Object.keys(published)
  .filter((name) => published[name].require)
  .map((name) => manifest.exports[name])

rmSync('dist', { recursive: true, force: true })
compile('-p', '.')
if (files.length > 0) {
  const compilerOptions = {
    module: 'commonjs',
    moduleResolution: 'bundler',
    verbatimModuleSyntax: false,
    outDir: 'dist/cjs',
    // The sources are checked above, against the better declarations of the dependencies.
    noCheck: true,
  }
  const config = { extends: './tsconfig.json', compilerOptions, include: [], files }
  writeFileSync('tsconfig.cjs.json', JSON.stringify(config))
  try {
    compile('-p', 'tsconfig.cjs.json')
  } finally {
    rmSync('tsconfig.cjs.json')
  }
  // Tells Node and TypeScript that the files below are CommonJS, unlike the rest of the package.
  writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n')
}
