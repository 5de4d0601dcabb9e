import { tmpdir } from 'node:os'
import { afterEach, expect, test, vi } from 'vitest'
import { runCommand, startCommand, tryCommand } from './run-command.ts'

// cspell:ignore unstub
afterEach(() => {
  vi.unstubAllEnvs()
})

const shell = (script: string): [string, string, string[]] => [tmpdir(), 'sh', ['-c', script]]

test('a command that fails throws with its exit code and the end of its output', async () => {
  const failing = runCommand(...shell('seq 40; echo broken >&2; exit 3'))
  await expect(failing).rejects.toThrow(/exited with 3:\n12\n[^]*\nbroken$/)
})

test('a timeout kills a command with its children', async () => {
  // The output stays open, and the call does not return, as long as the child lives.
  const { code, output } = await tryCommand(...shell('sleep 1000 & echo started; wait'), {
    timeoutMs: 100,
  })
  expect(code).toBeNull()
  expect(output).toMatch(/killed after 0\.1 s$/)
})

test('a command does not see what a package manager sets for scripts', async () => {
  const script = 'echo "$npm_lifecycle_event,$npm_config_registry,$ADDED"'
  vi.stubEnv('npm_lifecycle_event', 'test')
  const env = { ADDED: 'added', npm_config_registry: 'http://127.0.0.1/' }
  expect(await runCommand(...shell(script), { env })).toBe(',http://127.0.0.1/,added')
})

test('a started command is ready when its output matches, and is killed when it is disposed of', async () => {
  let pid = 0
  {
    await using server = await startCommand(...shell('echo pid $$; exec sleep 1000'), /pid (\d+)/)
    pid = Number(server.ready)
    expect(process.kill(pid, 0)).toBe(true)
  }
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})

test('a started command that ends before it is ready throws with its output', async () => {
  const early = startCommand(...shell('echo no port; exit 1'), /port (\d+)/)
  await expect(early).rejects.toThrow(/ended before it was ready:\nno port$/)
})
