import { AppError, messages, type ServiceName } from '@account-backups/contracts';
import { handles, type MessageList } from '../broker/topology.js';

/**
 * Throws `MESSAGE_UNHANDLED` unless the handlers of a service are exactly those that the list asks of it:
 * none missing, none twice, none of another service.
 */
export function checkHandlers(service: ServiceName, registered: readonly string[], list: MessageList = messages): void {
  const expected = Object.keys(list).filter((name) => list[name] && handles(service, list[name]));
  const faults = [
    ...expected.filter((name) => !registered.includes(name)).map((name) => `${name} has no handler`),
    ...registered.filter((name) => !expected.includes(name)).map((name) => `${name} is not for this service`),
    ...registered.filter((name, at) => registered.indexOf(name) !== at).map((name) => `${name} has two handlers`),
  ];
  if (faults.length > 0) throw new AppError('MESSAGE_UNHANDLED', `${service}: ${[...new Set(faults)].join('; ')}`);
}
