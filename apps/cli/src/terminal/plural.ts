/** A count as people read it. */
export const number = (count: number): string => count.toLocaleString('en-US')

/** So many of something. */
export const plural = (count: number, noun: string): string =>
  `${number(count)} ${noun}${count === 1 ? '' : 's'}`
