/** A count as people read it. */
export const formatNumber = (count: number): string => count.toLocaleString('en-US')

/** So many of something. */
export const plural = (count: number, noun: string): string =>
  `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`
