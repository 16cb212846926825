import { z } from 'zod';
import type { MessageDefinition } from './message-kinds.js';

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly maximum?: number;
}

const kinds = [
  ['request', 'Requests', 'Asked of exactly one handler, which answers in time; gone once its time-out is over.'],
  ['job', 'Jobs', 'Work for one of many processes of the owner, at least once.'],
  ['fact', 'Facts', 'Something that happened. Each service that handles it takes its own copy, at least once.'],
  ['signal', 'Signals', 'Hints to every running process of the services that handle them. May be lost.'],
] as const;

/**
 * The page docs/messages.md as Markdown: every message of the list with its kind, owner, handlers, time-out and
 * fields. The same list always gives the same text.
 */
export function renderMessagesDoc(list: Readonly<Record<string, MessageDefinition>>): string {
  const sections = kinds.map(([kind, title, about]) => {
    const named = Object.entries(list).filter(([, definition]) => definition.kind === kind);
    return [`## ${title}`, about, ...named.toSorted(byName).map(([name, message]) => renderMessage(name, message))];
  });
  return `${[...opening, ...sections.flat()].join('\n\n')}\n`;
}

const opening = [
  '# Messages',
  '<!-- Made by `npm run docs:messages` from libs/contracts. Do not edit. -->',
  'Who says what to whom. `?` marks a field that a sender may leave out, `|` an alternative, `[]` a list.',
  'A **hostId** is an id of the host system, an **ownId** a UUID of ours, an **instant** an ISO 8601 time.',
];

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function renderMessage(name: string, message: MessageDefinition): string {
  const rows = [
    ...roles(message),
    ['payload', shapeOf(message.payload)] as const,
    ...(message.kind === 'request' ? [['reply', shapeOf(message.reply)] as const] : []),
  ];
  return `### ${name}\n\n${message.about}\n\n${rows.map(([label, value]) => `- ${label}: ${value}`).join('\n')}`;
}

function roles(message: MessageDefinition): readonly (readonly [string, string])[] {
  switch (message.kind) {
    case 'request':
      return [
        ['handled by', message.owner],
        ['time-out', `${message.timeoutMs / 1_000} s`],
      ];
    case 'job':
      return [
        ['handled by', message.owner],
        ['at a time in one process', String(message.concurrency)],
      ];
    case 'fact':
    case 'signal':
      return [
        ['from', message.owner],
        ['handled by', message.handledBy.join(', ') || 'nobody yet'],
      ];
  }
}

function shapeOf(schema: z.ZodType): string {
  return `\`${describe(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema)}\``;
}

function describe(schema: Schema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(describe))].join(' | ');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.items) return listOf(describe(schema.items));
  if (schema.type === 'object') return fieldsOf(schema);
  return scalar(schema);
}

function listOf(item: string): string {
  return item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
}

function fieldsOf({ properties = {}, required = [] }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${name}${required.includes(name) ? '' : '?'}: ${describe(schema)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function scalar({ type, format, pattern, maxLength, maximum }: Schema): string {
  if (format === 'date-time') return 'instant';
  if (format === 'date') return 'day';
  if (pattern?.startsWith('^[A-Za-z0-9._:-]{1,64}')) return 'hostId';
  if (pattern?.startsWith('^[0-9a-f]{8}-')) return 'ownId';
  if (pattern?.startsWith('^[0-9a-f]{64}')) return 'sha256';
  if (type === 'integer' && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) return `integer ≤ ${maximum}`;
  if (type === 'string' && maxLength !== undefined) return `string ≤ ${maxLength}`;
  return [type ?? 'anything'].flat().join(' | ');
}
