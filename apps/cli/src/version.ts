import manifest from '../package.json' with { type: 'json' }

export const version: string = manifest.version
/** As `>=22.16`. */
export const engines: string = manifest.engines.node
