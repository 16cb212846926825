import type { Command } from 'commander';
import { askService } from '../system/ask-service.js';
import { addressOf } from '../system/running-system.js';
import { print, printJson } from '../terminal/output.js';

export function addScanCommand(program: Command): void {
  program
    .command('scan')
    .summary('make a scan happen now')
    .description(
      'Makes the scheduler tick now: pending backups start and old ones expire without waiting for the clock.',
    )
    .option('--json', 'print the tick as JSON')
    .action(scan);
}

async function scan({ json }: { readonly json?: boolean }): Promise<void> {
  const tick = await askService(addressOf('rabbitmqUrl', process.env), 'scheduler.tick-now', {});
  if (json) printJson(tick);
  else print([`started ${tick.kind} ${tick.tickId} at ${tick.at}`]);
}
