import type { Check } from '../../check.ts'
import type { PagedList } from './paged-list.ts'

/** A rule of a list; {@link Check} with the list in hand. */
export interface Rule extends Pick<Check, 'title' | 'needs' | 'origin'> {
  id: string
  run(list: PagedList): Promise<string | void>
}
