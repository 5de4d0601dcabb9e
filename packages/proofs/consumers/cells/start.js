import { startMock } from '@cekura-kit/mock'
import { consume } from './consume.js'

const mock = await startMock({ mode: 'proxied', rows: 60 })
try {
  console.log(await consume(mock.url))
} finally {
  await mock.close()
}
