import { consume } from './consumer.js'

const { document, location } = globalThis
document.title = await consume(location.origin).catch(String)
