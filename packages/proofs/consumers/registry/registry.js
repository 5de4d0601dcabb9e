// A registry on this machine: `node registry.js STORAGE` prints its port and runs until it is killed.
import { runServer } from 'verdaccio'

const [storage] = process.argv.slice(2)
const app = await runServer({
  self_path: storage,
  storage,
  uplinks: {},
  packages: { '**': { access: '$all', publish: '$all' } },
  log: { type: 'stdout', level: 'fatal' },
  auth: {},
  web: { enable: false },
})
const server = app.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`))
