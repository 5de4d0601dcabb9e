import { keepPreviousData } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { FilterQuery, PlaceResponse } from '../../shared/dashboard-api.ts'
import { api } from '../api.ts'
import { setUrl } from '../use-view.ts'

type Step = 'previous' | 'next'

const show = (id: number | null | undefined): void => {
  if (id) setUrl({ call: String(id) }, false)
}

/** The position of a call among the filtered ones, and the way to its neighbors. */
export function useNeighbors(
  filter: FilterQuery,
  sort: string,
  id: number,
  onPlace: (index: number | undefined) => void,
): { place: PlaceResponse | undefined; step: (to: Step) => void } {
  const query = { ...filter, sort, id }
  const response = api.useQuery(
    'get',
    '/api/place',
    { params: { query } },
    { placeholderData: keepPreviousData },
  )
  const place = response.isPlaceholderData ? undefined : response.data
  // A key can be pressed before the position is known; it applies then.
  const requested = useRef<Step>(undefined)
  const step = (to: Step): void => {
    if (place) show(place[to])
    else requested.current = to
  }
  const onLoaded = useEffectEvent(() => {
    if (!requested.current) return
    step(requested.current)
    requested.current = undefined
  })
  useEffect(() => {
    if (place) onLoaded()
  }, [place])
  useEffect(
    () => () => {
      requested.current = undefined
    },
    [id],
  )
  const index = place?.index ?? undefined
  const report = useEffectEvent(onPlace)
  useEffect(() => {
    report(index)
    return () => report(undefined)
  }, [index])
  return { place, step }
}
