import { Command, Option } from '@commander-js/extra-typings'
import { colorChoices } from './terminal/color.ts'
import { fromEnvironment } from './settings/option-sources.ts'
import { duration, nameList, positiveNumber, wholeNumber } from './settings/read-values.ts'

export const groups = {
  calls: 'Which calls:',
  output: 'Output:',
  service: 'Service:',
  general: 'General:',
} as const

/** The root command: flags that every command takes, before or after its name. */
export const createRoot = () =>
  new Command('cekura-logs')
    .optionsGroup(groups.service)
    .addOption(
      fromEnvironment(
        new Option(
          '--api-key-file <path>',
          'file with the API key, or - for stdin; default the variable CEKURA_API_KEY',
        ),
        'CEKURA_API_KEY_FILE',
      ),
    )
    .addOption(
      fromEnvironment(
        new Option('--api-url <url>', 'address of the service; default https://api.cekura.ai'),
        'CEKURA_API_URL',
      ),
    )
    .addOption(
      new Option(
        '--allow-host <hosts>',
        'other hosts that may be sent the key, separated by commas',
      ).argParser(nameList),
    )
    .addOption(
      fromEnvironment(
        new Option('--timeout <time>', 'how long one request may take; default 30s').argParser(
          duration,
        ),
        'CEKURA_TIMEOUT',
      ),
    )
    .addOption(
      fromEnvironment(
        new Option(
          '--max-retries <n>',
          'how often a failed request is repeated; default 2',
        ).argParser(wholeNumber(0)),
        'CEKURA_MAX_RETRIES',
      ),
    )
    .addOption(
      fromEnvironment(
        new Option('--max-rps <n>', 'most requests a second; default no limit').argParser(
          positiveNumber,
        ),
        'CEKURA_MAX_RPS',
      ),
    )
    .optionsGroup(groups.general)
    .addOption(
      new Option('--env-file <path>', 'read variables from this file; the environment wins'),
    )
    .addOption(
      new Option(
        '--config <path>',
        'configuration file; default $XDG_CONFIG_HOME/cekura-logs/config.json',
      ),
    )
    .addOption(
      fromEnvironment(
        new Option('--color <when>', 'color the output')
          .choices(colorChoices)
          .default('auto' as const),
        'CEKURA_COLOR',
      ),
    )
    .addOption(
      fromEnvironment(
        new Option('-q, --quiet', 'no notes on stderr; warnings and errors stay'),
        'CEKURA_QUIET',
      ),
    )
    .addOption(
      fromEnvironment(
        new Option(
          '--debug',
          'tell every request on stderr, without key and without personal data; --debug=body tells answers too, as they are',
        ),
        'CEKURA_DEBUG',
      ),
    )
    .addOption(new Option('--debug-body').implies({ debug: true }).hideHelp())

export type GlobalOptions = ReturnType<ReturnType<typeof createRoot>['opts']>
