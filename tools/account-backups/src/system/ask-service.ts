import type { PayloadInput, Reply, RequestName } from '@account-backups/contracts';

/** Asks a service over the message bus and returns its reply. Throws the service's error, or the bus's. */
export async function askService<N extends RequestName>(
  rabbitmqUrl: string,
  name: N,
  payload: PayloadInput<N>,
): Promise<Reply<N>> {
  // loaded here: most commands need no bus, and `token` should be quick
  const [{ Bus }, { Logger }] = await Promise.all([import('@account-backups/messaging'), import('@nestjs/common')]);
  // the bus logs to stdout, where only the answer belongs; faults are thrown anyway
  Logger.overrideLogger(false);
  const bus = new Bus({ url: rabbitmqUrl, name: 'account-backups' });
  try {
    return await bus.request(name, payload);
  } finally {
    await bus.close();
  }
}
