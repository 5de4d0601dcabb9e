import { agentsCommand } from './agents/command.ts'
import { checkCommand } from './check/command.ts'
import { completionCommand } from './completion/command.ts'
import { doctorCommand } from './doctor/command.ts'
import { exportCommand } from './export/command.ts'
import { getCommand } from './get/command.ts'
import { helpCommand } from './help/command.ts'
import { listCommand } from './list/command.ts'
import { metricsCommand } from './metrics/command.ts'
import type { CommandDeclaration } from './options/command.ts'
import { sendCommand } from './send/command.ts'
import { statsCommand } from './stats/command.ts'

/** Every command, in the order of help. */
export const commands = [
  listCommand,
  getCommand,
  statsCommand,
  checkCommand,
  exportCommand,
  sendCommand,
  agentsCommand,
  metricsCommand,
  doctorCommand,
  completionCommand,
  helpCommand,
] as unknown as readonly CommandDeclaration[]
