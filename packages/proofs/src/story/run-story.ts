// The story of an API change, from the vendor's document to the repository of a consumer:
//   run-story.ts [--write] writes the output into the guides; otherwise it must be in them
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { updateOutput } from '../harness/guides.ts'
import { startRegistry } from '../harness/registry.ts'
import { runProof } from '../harness/run-proof.ts'
import { releaseFirst, releaseHotfix, releaseMajor, releaseMinor } from './release.ts'
import { createService } from './service.ts'
import { createTranscript } from './transcript.ts'
import { createUnreleasedClone } from './unreleased-clone.ts'
import { upgradeToMajor, upgradeToMinor } from './upgrade.ts'

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })

await runProof('story', async ({ step }, folder) => {
  const [registry, clone] = await step('copy the repository, start a local registry', () =>
    Promise.all([
      startRegistry(join(folder, 'registry')),
      createUnreleasedClone(join(folder, 'cekura-kit')),
    ]),
  )
  await using _ = registry
  const transcript = createTranscript({ 'npm_config_@cekura-kit:registry': registry.url })
  const kit = { clone, registry, transcript }

  const first = await step('release 1.0.0', () => releaseFirst(kit))
  const service = await step('a service installs it', () =>
    createService(join(folder, 'call-report'), registry, transcript),
  )
  const minor = await step('the API adds a parameter: release 1.1.0', () => releaseMinor(kit))
  const toMinor = await step('the service upgrades to 1.1.0', () => upgradeToMinor(service))
  const major = await step('the API requires it: release 2.0.0', () => releaseMajor(kit))
  const toMajor = await step('the service upgrades to 2.0.0', () => upgradeToMajor(service))
  const hotfix = await step('hotfix 1.1.1', () => releaseHotfix(kit))

  await step('the guides have this output', async () => {
    const guides = {
      'README.md': { story: [major.excerpt, toMajor.excerpt].join('\n') },
      'docs/regenerating.md': {
        drift: minor.drift.full,
        regenerate: minor.regenerate.full,
        major: major.full,
        'upgrade-minor': toMinor.full,
        'upgrade-major': toMajor.full,
      },
      'docs/publishing.md': {
        first: first.full,
        release: minor.release.full,
        hotfix: hotfix.full,
      },
    }
    for (const [guide, outputs] of Object.entries(guides))
      await updateOutput(guide, outputs, values.write)
  })
})
