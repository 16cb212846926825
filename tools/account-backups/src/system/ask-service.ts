import type { PayloadInput, Reply, RequestName } from '@account-backups/contracts';
import { overBus } from './over-bus.js';

/** Asks a service over the message bus and returns its reply. Throws the service's error, or the bus's. */
export function askService<N extends RequestName>(
  rabbitmqUrl: string,
  name: N,
  payload: PayloadInput<N>,
): Promise<Reply<N>> {
  return overBus(rabbitmqUrl, (bus) => bus.request(name, payload));
}
