export { startPrism, type PrismServer, type PrismServerOptions } from './prism/prism-server.ts'
export { createPrismVerifier, type Exchange } from './prism/prism-verifier.ts'
