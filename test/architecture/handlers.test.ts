// A message without a handler stops its service at the start; here it is named without starting one.
import { messages, serviceNames, type ServiceName } from '@account-backups/contracts';
import { intakesOf } from '../../libs/messaging/src/broker/topology.js';
import { filesBelow, textOf } from './harness.js';

const HANDLER = /@On(?:Request|Job|Fact|Signal)\(\s*'([\w.-]+)'/g;

/** The text of each controller that the module of a service lists. */
function controllersOf(service: ServiceName): string[] {
  const [, list = ''] = /controllers: \[([^\]]*)\]/.exec(textOf(`services/${service}/src/app.module.ts`)) ?? [];
  const listed = list.match(/\w+/g) ?? [];
  const sources = filesBelow(`services/${service}/src`).filter((path) => path.endsWith('.ts'));
  return sources.map(textOf).filter((text) => listed.some((name) => text.includes(`export class ${name} `)));
}

it.each(serviceNames)('%s handles what the list asks of it, in controllers that its app.module.ts lists', (service) => {
  const handled = controllersOf(service).flatMap((text) => [...text.matchAll(HANDLER)].map(([, name = '']) => name));
  const asked = intakesOf(service, messages, 'connection').flatMap(({ names }) => names);
  expect(handled.toSorted()).toEqual(asked.toSorted());
});
