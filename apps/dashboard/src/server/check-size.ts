// The size of the first load of the built page, compared with its budget.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { pageFolder } from './start-dashboard.ts'

const budgetBytes = 160_000

const page = readFileSync(`${pageFolder}index.html`)
const linked = [...page.toString().matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(
  ([, path]) => ({ path: path!, bytes: gzipSync(readFileSync(pageFolder + path)).length }),
)
const files = [{ path: 'index.html', bytes: gzipSync(page).length }, ...linked]
const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
const show = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`.padStart(9)

for (const { path, bytes } of files) console.log(`${show(bytes)}  ${path}`)
console.log(`${show(total)}  first load, gzip; budget ${budgetBytes / 1000} kB`)
if (linked.length < 2)
  throw new Error('Cannot measure the first load: the page has no script or style')
if (total > budgetBytes) process.exitCode = 1
