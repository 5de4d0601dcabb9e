import { startMock, type MockMode } from '../src/index.ts'
import { ask, line, median, startPrismCommand } from './measure.ts'

const modes: MockMode[] = ['static', 'dynamic', 'sandbox', 'proxied', 'live-proxy']
const rounds = 3

/** From the call to the first answer. */
export async function benchStartUp(): Promise<void> {
  console.log(`start-up to first answer, ms, median of ${rounds}`)
  await using service = await startMock({ mode: 'sandbox' })
  const times = new Map<string, number[]>()
  const note = (name: string, start: number): void => {
    times.set(name, [...(times.get(name) ?? []), performance.now() - start])
  }
  for (let round = 0; round < rounds; round++) {
    for (const mode of modes) {
      const start = performance.now()
      await using mock = await startMock({ mode, upstream: service.url })
      await ask(mock.url)
      note(mode, start)
    }
    const start = performance.now()
    await using _ = await startPrismCommand('-v', 'silent')
    note('peer: prism mock', start)
  }
  for (const [name, taken] of times) line(name, median(taken).toFixed(0).padStart(6))
}
