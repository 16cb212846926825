// What a service's README lists is whole: the messages that it handles and tells, whom it asks, and its tables.
import { messages, serviceNames, type MessageDefinition, type ServiceName } from '@account-backups/contracts';
import { codeOf, filesBelow, textOf } from './harness.js';

const list: readonly (readonly [string, MessageDefinition])[] = Object.entries(messages);

/** Messages that a service handles, and facts and signals of its own. */
function messagesOf(service: ServiceName): string[] {
  const concerns = (message: MessageDefinition) =>
    message.owner === service || ('handledBy' in message && message.handledBy.includes(service));
  return list.filter(([, message]) => concerns(message)).map(([name]) => name);
}

/** Services that a service asks. */
function askedBy(service: ServiceName): string[] {
  const sources = filesBelow(`services/${service}/src`).filter((path) => !path.endsWith('.spec.ts'));
  const asked = sources.flatMap((path) => [...textOf(path).matchAll(/\.request\(\s*'([\w.-]+)'/g)]);
  return [...new Set(asked.flatMap(([, name = '']) => list.find(([known]) => known === name)?.[1].owner ?? []))];
}

function tablesOf(service: ServiceName): string[] {
  const entities = filesBelow(`services/${service}/src`).filter((path) => path.endsWith('.entity.ts'));
  return entities.flatMap((path) =>
    [...textOf(path).matchAll(/@Entity\({ name: '(\w+)'/g)].map(([, name = '']) => name),
  );
}

describe.each(serviceNames)("%s's README", (service) => {
  const words = codeOf(`services/${service}/README.md`).map(({ text }) => text);

  it('names each message that the service handles or tells, whole or as `.verb` after another one', () => {
    const isNamed = (name: string) => words.includes(name) || words.includes(name.replace(/^[^.]+/, ''));
    expect(messagesOf(service).filter((name) => !isNamed(name))).toEqual([]);
  });

  it('names each service that is asked, or a request to it', () => {
    const isNamed = (owner: string) =>
      words.includes(owner) || list.some(([name, message]) => message.owner === owner && words.includes(name));
    expect(askedBy(service).filter((owner) => !isNamed(owner))).toEqual([]);
  });

  it('names each table', () => {
    expect(tablesOf(service).filter((table) => !words.includes(table))).toEqual([]);
  });
});
