// The packages that hold Node state their platform as a string. pnpm reads lists, so without this it
// would install the one for Windows everywhere.
export const hooks = {
  readPackage(manifest) {
    const { os, cpu } = manifest
    return typeof os === 'string' ? { ...manifest, os: [os], cpu: [cpu] } : manifest
  },
}
