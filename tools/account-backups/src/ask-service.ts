import type { PayloadInput, Reply, RequestName } from '@account-backups/contracts';

/** Asks a service over the message bus and gives its reply. Throws the service's error, or the bus's. */
export async function askService<N extends RequestName>(
  rabbitmqUrl: string,
  name: N,
  payload: PayloadInput<N>,
): Promise<Reply<N>> {
  // loaded here: most commands need no bus, and `token` should be quick
  const { connectBus } = await import('@account-backups/messaging');
  const bus = connectBus({ url: rabbitmqUrl, name: 'account-backups' });
  try {
    return await bus.request(name, payload);
  } finally {
    await bus.close();
  }
}
