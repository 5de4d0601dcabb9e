import type { Check } from '../../suite/check.ts'
import type { PagedList } from './paged-list.ts'

/** A rule of a list: a check that gets the list. */
export interface Rule extends Pick<Check, 'title' | 'needs' | 'origin'> {
  id: string
  run(list: PagedList): Promise<string | void>
}
