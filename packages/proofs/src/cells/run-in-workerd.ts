import type { Project } from './project.ts'
import { startCommand } from '../harness/run-command.ts'

/** Bundles `worker.js`, serves it with workerd, and returns its response. */
export async function runInWorkerd(project: Project, apiUrl: string): Promise<string> {
  const bundle = ['--bundle', '--minify', '--format=esm', '--outfile=worker.bundle.js']
  await project.bin('esbuild', ['worker.js', ...bundle])
  const args = ['serve', 'worker.capnp', '--control-fd=1']
  await using server = await startCommand(
    project.folder,
    project.binPath('workerd'),
    args,
    /"port":(\d+)/,
  )
  const url = `http://127.0.0.1:${server.ready}/?api=${encodeURIComponent(apiUrl)}`
  return (await fetch(url)).text()
}
