/** Size of a release, the smallest first. */
export const bumps = ['none', 'patch', 'minor', 'major'] as const
export type Bump = (typeof bumps)[number]

/** The largest of several bumps; `none` of an empty list. */
export const maxBump = (list: Iterable<Bump>): Bump =>
  bumps[Math.max(0, ...[...list].map((bump) => bumps.indexOf(bump)))]!
