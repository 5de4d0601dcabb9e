import { readFile } from 'node:fs/promises'
import { encodeCsvField } from '@cekura-kit/call-format'
import { hostileAgent, hostileCalls, hostileTexts, insertHostileCalls } from './hostile-calls.ts'
import { expect, test } from './journey.ts'
import { cellOf, countCalls, openDrawer, openPage, rowOf, tableOf } from './parts.ts'

/** The fields of a file as a spreadsheet reads them. */
const fieldsOf = (csv: string): string[] =>
  [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(?:,|\r\n)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
  )

const path = `/?agent=${hostileAgent}&cols=time,status,duration,topic,reason,dropoff,reviewed,number,call_id,id`

test('hostile calls are shown as text, and nothing is run', async ({ page, world }) => {
  await insertHostileCalls(world)
  const dialogs: string[] = []
  page.on('dialog', (dialog) => dialogs.push(dialog.message()))
  await openPage(page, path)
  expect(await countCalls(page)).toBe(hostileCalls.length)
  await expect(cellOf(page, 0, 'topic')).toContainText(hostileTexts.markup.slice(0, 150))
  for (const [index, call] of hostileCalls.entries()) {
    await page.goto(`${path}&call=${call.id}`)
    const drawer = openDrawer(page)
    await expect(drawer.getByRole('heading', { name: 'Metrics' })).toBeVisible()
    if (call.topic)
      await expect(
        drawer
          .locator('dd')
          .filter({ hasText: call.topic.trim().slice(0, 20) })
          .first(),
      ).toBeVisible()
    await expect(rowOf(page, index).getByRole('link')).toBeVisible()
  }
  expect(dialogs).toEqual([])
  await expect(page).toHaveTitle(/^(?!owned)/)
  expect(
    await page.locator('main img, dialog img, main script, main a[href^=javascript]').count(),
  ).toBe(0)
})

test('hostile values can be filtered, sorted and searched', async ({ page, world }) => {
  await insertHostileCalls(world)
  await openPage(page, path)
  const all = await countCalls(page)
  const outcome = page.getByRole('group', { name: 'Outcome' })
  await outcome.getByRole('checkbox', { name: /Not evaluated/ }).check()
  await expect.poll(() => countCalls(page)).toBe(2)
  await page.getByRole('button', { name: 'Reset filters' }).click()
  const topic = page.getByRole('group', { name: 'Topic' })
  await topic.getByRole('checkbox', { name: /HYPERLINK/ }).check()
  await expect.poll(() => countCalls(page)).toBe(1)
  await page.reload()
  await expect.poll(() => countCalls(page)).toBe(1)
  await page.getByRole('button', { name: 'Reset filters' }).click()
  for (const name of ['Outcome', 'Duration', 'Topic', 'Ended reason', 'ID']) {
    await tableOf(page).getByRole('button', { name, exact: true }).click()
    await expect.poll(() => countCalls(page)).toBe(all)
  }
  await page.getByRole('searchbox', { name: 'Search calls' }).fill('gnp.exe')
  await expect.poll(() => countCalls(page)).toBe(1)
})

test('hostile calls are exported unchanged, without formulas and escapes', async ({
  page,
  world,
}) => {
  await insertHostileCalls(world)
  await openPage(page, path)
  const save = async (format: 'CSV' | 'NDJSON'): Promise<string> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Download ${format}` }).click(),
    ])
    return readFile(await download.path(), 'utf8')
  }
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const csv = await save('CSV')
  expect(csv).toContain(`,${encodeCsvField(hostileTexts.formula)},`)
  for (const field of fieldsOf(csv)) expect(field).not.toMatch(/^[\s\u00a0]*[=@＝]/)
  await page.getByText('NDJSON', { exact: true }).click()
  const lines = (await save('NDJSON')).trimEnd().split('\n')
  expect(lines.join('')).not.toMatch(/\p{Cc}/u)
  // The sandbox completes metrics; personal fields are masked.
  const masked = {
    customer_number: '',
    feedback: '',
    transcript: '',
    transcript_object: '',
    error_message: '',
    metrics: '',
  }
  const withoutPersonal = (call: object): object => Object.assign({}, call, masked)
  expect(lines.map((line) => withoutPersonal(JSON.parse(line) as object))).toEqual(
    hostileCalls.map(withoutPersonal),
  )
})
