// Messages made from their own list and then bent, by somebody who has the broker's address: each request is answered,
// no answer is a fault of ours, and no process ends.
import { randomUUID } from 'node:crypto';
import { messages, type MessageDefinition } from '@account-backups/contracts';
import { findByArgument } from '@account-backups/local-stack/system/process-table.js';
import { connect, type Channel, type ChannelModel } from 'amqplib';
import fc from 'fast-check';
import { z } from 'zod';
import { startProvisioned, type ProvisionedSystem } from '../../support/provisioned-system.js';
import { bent, hostileText, type JsonSchema } from './values.js';

const CASES = Number(process.env['FUZZ_CASES'] ?? 300);
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const AT_ONCE = 16;
const REPLY_TO = 'amq.rabbitmq.reply-to';
const ANSWER_MS = 130_000;
const exchanges = { request: 'requests', fact: 'facts', job: 'jobs', signal: 'signals' } as const;

interface Sending {
  readonly name: string;
  readonly kind: MessageDefinition['kind'];
  readonly body: Buffer;
  readonly properties: { readonly contentEncoding?: string; readonly headers: Readonly<Record<string, unknown>> };
}

let own: ProvisionedSystem;
let connection: ChannelModel;
let channel: Channel;
const answers = new Map<string, (body: unknown) => void>();

beforeAll(async () => {
  own = await startProvisioned('filesystem', []);
  connection = await connect(own.system.brokerUrl);
  channel = await connection.createChannel();
  await channel.consume(
    REPLY_TO,
    (message) => {
      if (message)
        answers.get(String(message.properties.correlationId))?.(JSON.parse(message.content.toString('utf8')));
    },
    { noAck: true },
  );
}, 300_000);
afterAll(async () => {
  await connection.close();
  await own.system.stop();
});

const processes = () => findByArgument('node', `--data-of=${own.system.dataDir}`).toSorted((a, b) => a - b);

it(`takes ${CASES} messages made from the list without a fault (seed ${SEED})`, async () => {
  const before = processes();
  const faults: unknown[] = [];
  const waiting = fc.sample(sending(), { numRuns: CASES, seed: SEED }).values();
  const work = async () => {
    for (const each of waiting) faults.push(...(await faultsOf(each)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  expect(faults).toEqual([]);
  expect(processes()).toEqual(before);
  expect((await own.admin.get('/api/v1/me')).status).toBe(200);
}, 3_600_000);

function sending(): fc.Arbitrary<Sending> {
  const list = Object.entries(messages as Readonly<Record<string, MessageDefinition>>);
  return fc.constantFrom(...list).chain(([name, { kind, payload }]) =>
    fc.record({
      name: fc.constant(name),
      kind: fc.constant(kind),
      body: bodyOf(schemaOf(payload)),
      properties: fc
        .record({ headers }, { requiredKeys: ['headers'] })
        .chain((rest) =>
          fc
            .oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant('gzip') })
            .map((contentEncoding) => ({ ...rest, ...(contentEncoding !== undefined && { contentEncoding }) })),
        ),
    }),
  );
}

const headers: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(
  fc.constantFrom('x-deadline', 'x-now', 'traceparent', 'x-attempt', 'x-message', 'x-death', 'x-delivery-count'),
  fc.oneof(
    hostileText.map((text) => text.toWellFormed().slice(0, 500)),
    fc.constantFrom(-1, 0, 1e15, 2 ** 31, true, null),
  ),
  { maxKeys: 2 },
);

function schemaOf(payload: z.ZodType): JsonSchema {
  return z.toJSONSchema(payload, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema;
}

function bodyOf(schema: JsonSchema): fc.Arbitrary<Buffer> {
  const text = bent(schema).map((value) => Buffer.from(JSON.stringify(value) ?? 'undefined'));
  return fc.oneof(
    { weight: 12, arbitrary: text },
    { weight: 1, arbitrary: text.map((bytes) => bytes.subarray(0, bytes.length >> 1)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)) },
  );
}

/** What is wrong with the answer to a request; of anything else nothing comes back. */
async function faultsOf({ name, kind, body, properties }: Sending): Promise<readonly unknown[]> {
  const correlationId = randomUUID();
  const isRequest = kind === 'request';
  const answered = isRequest ? answerTo(correlationId) : Promise.resolve({});
  channel.publish(exchanges[kind], name, body, {
    correlationId,
    ...(isRequest && { replyTo: REPLY_TO }),
    ...properties,
    headers: { ...properties.headers },
  });
  const said = (await answered) as { error?: { code?: string } } | undefined;
  const code = said?.error?.code;
  if (said && code !== 'INTERNAL') return [];
  return [{ name, said: said ?? 'no answer', properties, body: body.toString('utf8').slice(0, 1_000) }];
}

function answerTo(correlationId: string): Promise<unknown> {
  return new Promise((resolve) => {
    const settle = (body: unknown) => {
      clearTimeout(timer);
      answers.delete(correlationId);
      resolve(body);
    };
    const timer = setTimeout(() => settle(undefined), ANSWER_MS);
    answers.set(correlationId, settle);
  });
}
