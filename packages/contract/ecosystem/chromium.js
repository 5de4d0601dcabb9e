import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import sparticuz, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium'

const { process } = globalThis

/** Opens a page in a real browser and prints the title that its script gives. */
let executablePath = process.env.CHROMIUM_PATH
if (!executablePath) {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  // Its own libraries, for a machine that has none of them.
  await inflate(entry.replace(/(@sparticuz.chromium).*/, '$1/bin/al2023.tar.br'))
  setupLambdaEnvironment(join(tmpdir(), 'al2023', 'lib'))
  executablePath = await sparticuz.executablePath()
}
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage()
await page.goto(process.argv[2])
await page.waitForFunction(() => globalThis.document.title !== '')
console.log(await page.title())
await browser.close()
