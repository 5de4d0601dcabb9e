import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Room for new objects that a run of any length gets along with. */
const maxYoungBytes = 8 * 2 ** 20

/**
 * Stops the engine from giving new objects ever more room, which it does up to 64 MB however few of
 * them are kept. Called now and then, because it begins with little.
 *
 * @returns whether it was stopped, so that there is nothing left to call for
 */
export function holdHeap(): boolean {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
  if (!young || young.space_size < maxYoungBytes) return false
  // Read whenever the room would grow, so that it can be set while the program runs.
  setFlagsFromString('--semi-space-growth-factor=1')
  return true
}
