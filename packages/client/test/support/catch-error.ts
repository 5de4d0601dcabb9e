import { inspect } from 'node:util'
import { CekuraError } from '@cekura-kit/client'

/** What a function or a promise throws, undefined if it succeeds. */
export async function catchError(work: (() => unknown) | PromiseLike<unknown>): Promise<unknown> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    return error
  }
  return undefined
}

/** The `CekuraError` that a function or a promise fails with. */
export async function catchCekuraError(
  work: (() => unknown) | PromiseLike<unknown>,
): Promise<CekuraError> {
  const error = await catchError(work)
  if (CekuraError.is(error)) return error
  throw new Error(`Expected a CekuraError, got ${inspect(error)}.`)
}

/** Reads an iterable to its end. */
export async function readAll<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const read: Item[] = []
  for await (const item of items) read.push(item)
  return read
}
