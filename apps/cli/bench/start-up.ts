import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileOf, line, median } from './measure.ts'

const rounds = 15
const limit = 4
const root = fileOf('../../..')
const packages = ['packages/types', 'packages/call-format', 'packages/client', 'apps/cli']

interface Manifest {
  name: string
  dependencies?: Record<string, string>
  publishConfig: object
}

/** The built packages as they are installed: JavaScript, and no source. */
function install(folder: string): string {
  const place = (name: string): string => join(folder, 'node_modules', name)
  for (const path of packages) {
    const from = join(root, path)
    const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as Manifest
    const to = place(manifest.name)
    mkdirSync(to, { recursive: true })
    cpSync(join(from, 'dist'), join(to, 'dist'), { recursive: true })
    const published = { ...manifest, ...manifest.publishConfig }
    writeFileSync(join(to, 'package.json'), JSON.stringify(published))
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      if (name.startsWith('@cekura-kit/')) continue
      mkdirSync(dirname(place(name)), { recursive: true })
      rmSync(place(name), { force: true })
      symlinkSync(realpathSync(join(from, 'node_modules', name)), place(name))
    }
  }
  return join(place('cekura-logs'), 'dist/bin.js')
}

/** Start-up of the built command line compared with an empty Node process. */
export async function benchStartUp(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'start-up-'))
  try {
    const bin = install(folder)
    const contenders: Record<string, string[]> = {
      'node -e 0': ['-e', '0'],
      'cekura-logs --version': [bin, '--version'],
      'cekura-logs export --help': [bin, 'export', '--help'],
    }
    const times = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]))
    for (let round = 0; round < rounds; round++)
      for (const [name, args] of Object.entries(contenders)) {
        const begin = performance.now()
        const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
        if (status !== 0) throw new Error(`${name} ended with ${status}`)
        times.get(name)!.push(performance.now() - begin)
      }
    const bare = times.get('node -e 0')!
    console.log(`start-up, ms, median of ${rounds}, and how many times a Node that does nothing`)
    for (const [name, all] of times) {
      const ratio = median(all.map((ms, round) => ms / bare[round]!))
      const figure = `${median(all).toFixed(0).padStart(5)}  ${ratio.toFixed(2)}`
      line(
        name,
        figure,
        name.startsWith('node') ? undefined : { isOver: ratio > limit, text: String(limit) },
      )
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
