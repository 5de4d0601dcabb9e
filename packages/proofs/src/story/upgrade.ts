import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Service } from './service.ts'
import type { Recording } from './transcript.ts'

const list = 'npm ls @cekura-kit/types --depth=0'
const passed = { keeps: /Tests/, excerpt: /Tests/ }

function expectThat(condition: boolean, expected: string, output: string): void {
  if (!condition) throw new Error(`expected ${expected}, got:\n${output}`)
}

export async function upgradeToMinor({ folder, transcript, commit }: Service): Promise<Recording> {
  await transcript.run(folder, 'npm update')
  const version = await transcript.run(folder, list)
  expectThat(version.includes('@cekura-kit/types@1.1.0'), 'types 1.1.0', version)
  await transcript.run(folder, 'npx tsc && npx vitest run', passed)
  await commit()
  return transcript.take()
}

/** Red with one compile error and one test, both about what the changelog names, then green. */
export async function upgradeToMajor(service: Service): Promise<Recording> {
  const { folder, transcript } = service
  transcript.note("In a consumer's repository: a caret range gets the hotfix, not version 2.")
  await transcript.run(folder, 'npm update', { excerpt: /./ })
  const version = await transcript.run(folder, list, { keeps: /types@/, excerpt: /./ })
  expectThat(version.includes('@cekura-kit/types@1.1.1'), 'types 1.1.1', version)
  await transcript.run(folder, 'npx tsc && npx vitest run', passed)

  transcript.note('Upgrade to version 2.')
  const packages = ['client', 'types', 'mock'].map((name) => `@cekura-kit/${name}@2`).join(' ')
  await transcript.run(folder, `npm install ${packages}`, { excerpt: /./ })
  const errors = await transcript.run(folder, 'npx tsc', { exits: 1, excerpt: /./ })
  expectThat(errors.match(/error TS/g)?.length === 1, 'one compile error', errors)
  const tests = await transcript.run(folder, 'npx vitest run', {
    exits: 1,
    keeps: /^ *(FAIL|AssertionError|Tests)/,
    excerpt: /./,
  })
  expectThat(/Tests +1 failed \| 1 passed \(2\)/.test(tests), 'one failed test', tests)
  const changelog = `sed '/^## 1/,$d' node_modules/@cekura-kit/types/CHANGELOG.md`
  const entry = await transcript.run(folder, changelog, { excerpt: /^\*\*Breaking|To do/ })
  for (const name of ['callLogs.list', 'workspace_id']) {
    expectThat(entry.includes(name), `${name} in the changelog`, entry)
    expectThat(tests.includes(name), `${name} in the failing test`, tests)
  }
  expectThat(errors.includes('workspace_id'), 'workspace_id in the compile error', errors)
  expectThat(entry.includes('To do: pass `workspace_id`'), 'the fix in the changelog', entry)

  const path = join(folder, 'src/create-app.ts')
  const code = await readFile(path, 'utf8')
  await writeFile(path, code.replace('list({ agent_id })', 'list({ agent_id, workspace_id: 7 })'))
  transcript.note('Do what the changelog says.')
  await transcript.run(folder, 'git diff --unified=0 src', { excerpt: /^[-+] / })
  await transcript.run(folder, 'npx tsc && npx vitest run', passed)
  return transcript.take()
}
