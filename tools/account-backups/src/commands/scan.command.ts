import type { Command } from 'commander';
import { overBus } from '../system/over-bus.js';
import { addressOf } from '../system/running-system.js';
import { toldCommand } from '../system/told-command.js';
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
  const tick = await overBus(addressOf('rabbitmqUrl', process.env), (bus) =>
    toldCommand(bus, 'scan', () => bus.request('scheduler.tick-now', {})),
  );
  if (json) printJson(tick);
  else print([`started ${tick.kind} ${tick.tickId} at ${tick.at}`]);
}
