// The story of an API change, from the vendor's document to the repository of a consumer:
//   run-story.ts [--write] writes the output into the guides; otherwise it must be in them
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { updateOutput } from '../harness/guides.ts'
import { startRegistry } from '../harness/registry.ts'
import { runProof } from '../harness/run-proof.ts'
import {
  compareReleases,
  releaseFirst,
  releaseHotfix,
  releaseMajor,
  releaseMinor,
} from './release.ts'
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
  const env = { 'npm_config_@cekura-kit:registry': registry.url }
  const kit = { clone, registry, transcript: createTranscript(env) }

  const first = await step('release 1.0.0', () => releaseFirst(kit))
  const service = await step('a service installs it', () =>
    createService(join(folder, 'call-report'), registry, createTranscript(env)),
  )
  const minor = await step('the API adds a parameter: release 1.1.0', () => releaseMinor(kit))
  const [toMinor, major] = await step(
    'the service upgrades; the API requires it: release 2.0.0',
    () => Promise.all([upgradeToMinor(service), releaseMajor(kit)]),
  )
  const compare = await step('compare 1.0.0 with 2.0.0', () => compareReleases(kit))
  const hotfix = await step('hotfix 1.1.1', () => releaseHotfix(kit))
  const toMajor = await step('the service upgrades to 2.0.0', () => upgradeToMajor(service))

  await step('the guides have this output', async () => {
    const guides = {
      'README.md': { story: [major.excerpt, toMajor.excerpt].join('\n') },
      'docs/regenerating.md': {
        drift: minor.drift.full,
        regenerate: minor.regenerate.full,
        major: major.full,
        compare: compare.full,
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
