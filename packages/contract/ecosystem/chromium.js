import { chromium } from 'playwright-core'
import { findChromium } from './find-chromium.ts'

const { process } = globalThis

/** Opens a page in a real browser and prints the title that its script gives. */
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--disable-gpu'],
})
const page = await browser.newPage()
await page.goto(process.argv[2])
await page.waitForFunction(() => globalThis.document.title !== '')
console.log(await page.title())
await browser.close()
