import type { Bus } from '@account-backups/messaging';

/** Works with a bus, and closes it. */
export async function overBus<T>(rabbitmqUrl: string, work: (bus: Bus) => Promise<T>): Promise<T> {
  // loaded here: most commands need no bus, and `token` should be quick
  const [messaging, { Logger }] = await Promise.all([import('@account-backups/messaging'), import('@nestjs/common')]);
  // the bus logs to stdout, where only the answer belongs; faults are thrown anyway
  Logger.overrideLogger(false);
  const bus = new messaging.Bus({ url: rabbitmqUrl, name: 'account-backups' });
  try {
    return await work(bus);
  } finally {
    await bus.close();
  }
}
