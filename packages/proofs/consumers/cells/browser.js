import { consume } from './consume.js'

const { document, location } = globalThis
document.title = await consume(location.origin).catch(String)
