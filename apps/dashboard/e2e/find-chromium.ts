import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sparticuz, { inflate } from '@sparticuz/chromium'

const systemPath = '/usr/bin/chromium'
const packageFolder = dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))))
// Next to its archives, so that versions do not share a folder.
const folder = join(packageFolder, '.unpacked')
const fonts = join(folder, 'fonts')

async function unpack(): Promise<void> {
  const making = await mkdtemp(`${folder}-`)
  const before = process.env['TMPDIR']
  // The package unpacks into the folder for temporary files, and nowhere else.
  process.env['TMPDIR'] = making
  try {
    await inflate(join(packageFolder, 'bin', 'al2023.tar.br'))
    await sparticuz.executablePath()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  await writeFile(
    join(making, 'fonts', 'fonts.conf'),
    `<fontconfig><dir>${fonts}</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>\n`,
  )
  // A rename is whole or not at all; a second process uses what the first has unpacked.
  await rename(making, folder).catch(async (error: unknown) => {
    await rm(making, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  })
}

let unpacking: Promise<void> | undefined

/**
 * Path of the Chromium that npm installed, with the libraries and fonts it brings: for a machine
 * that has neither, and for pictures that must not depend on the machine. Sets `LD_LIBRARY_PATH`
 * and `FONTCONFIG_PATH` of this process, which the browser inherits.
 */
export async function unpackChromium(): Promise<string> {
  if (!existsSync(folder)) await (unpacking ??= unpack())
  const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']]
  process.env['LD_LIBRARY_PATH'] = libraries.filter(Boolean).join(':')
  process.env['FONTCONFIG_PATH'] = fonts
  return join(folder, 'chromium')
}

/** Path of a Chromium: `CHROMIUM_PATH`, else the system's, else the one that npm installed. */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH']
  if (named) return named
  return existsSync(systemPath) ? systemPath : unpackChromium()
}
