import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { releaseVersion } from './release-version.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

execFileSync('changeset', ['version'], { cwd: root, stdio: 'inherit' })
console.log(`snapshot and info.version are now ${await releaseVersion(root)}`)
