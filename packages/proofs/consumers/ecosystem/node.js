import { consume } from './consumer.js'

const { process } = globalThis
console.log(await consume(process.argv[2]))
