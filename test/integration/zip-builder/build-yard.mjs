// Zip-builders as processes of their own, on a real broker, database and store. What the services around them would
// answer is given here, so that a test or a benchmark decides it. Plain JavaScript, because benchmarks use it as well.
import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { messages } from '@account-backups/contracts';
import { BusStrategy, connectBus } from '@account-backups/messaging';
import { fileKey, openObjectStore, randomKeyPart } from '@account-backups/object-store';
import { generateSealKeys, sealPassword } from '@account-backups/password-seal';
import pg from 'pg';

const run = promisify(execFile);
const main = resolve(import.meta.dirname, '../../../services/zip-builder/dist/main.js');
const TICK_MS = 500;
const ACCOUNT = { name: 'The Yard', timeZone: 'Europe/Berlin', enterprise: false };

/** Opens a yard on the parts of this run: a vhost, a database and a bucket of its own. */
export async function openYard({ objectStoreUrl, settings = {} } = {}) {
  const name = `yard_${randomBytes(6).toString('hex')}`;
  const broker = await openVhost(name);
  const databaseUrl = await openDatabase(name);
  const storeUrl = objectStoreUrl ?? bucketOf(process.env.TEST_OBJECT_STORE_URL, name);
  const store = openObjectStore(storeUrl);
  await store.ensureReady();
  const keys = generateSealKeys();
  const desk = await openDesk(broker.url);
  const builders = [];
  const sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
  const env = {
    PATH: process.env.PATH,
    RABBITMQ_URL: broker.url,
    DATABASE_URL: databaseUrl,
    OBJECT_STORE_URL: storeUrl,
    PASSWORD_SEAL_PRIVATE_KEY: keys.privateKey,
    LEASE_SECONDS: '3',
    SEGMENT_MIB: '8',
    LOG_LEVEL: 'info',
    ...settings,
  };
  return {
    store,
    sql,
    builders,
    outcomes: desk.outcomes,
    progress: desk.progress,
    asked: desk.asked,
    /** Begins a backup of these documents and gives its id. */
    order: (accountId, documents, password) =>
      desk.order(accountId, documents, password && seal(keys, password, accountId)),
    end: desk.end,
    jobsWaiting: broker.jobsWaiting,
    startBuilder: async (more = {}) => {
      const builder = await startBuilder({ ...env, ...more });
      builders.push(builder);
      return builder;
    },
    close: async () => {
      for (const { child } of builders) child.kill('SIGKILL');
      await desk.close();
      await sql.end();
      await store.close();
      await broker.drop();
      await dropDatabase(name);
    },
  };
}

const seal = (keys, password, accountId) => sealPassword(password, keys.publicKey, accountId);

/** Puts a content as it came in with a document, and gives what the register knows of it. */
export async function putFile(store, accountId, fileId, content) {
  const objectKey = fileKey(accountId, randomKeyPart());
  await store.put(objectKey, content);
  return contentFacts(fileId, objectKey, content);
}

/** As `putFile`, of a stream. */
export async function putContent(store, accountId, fileId, stream) {
  const objectKey = fileKey(accountId, randomKeyPart());
  const hash = createHash('sha256');
  const seen = { crc32: 0, sizeBytes: 0 };
  async function* metered() {
    for await (const chunk of stream) {
      hash.update(chunk);
      seen.crc32 = crc32(chunk, seen.crc32);
      seen.sizeBytes += chunk.length;
      yield chunk;
    }
  }
  await store.put(objectKey, Readable.from(metered()));
  return { fileId, objectKey, ...seen, sha256: hash.digest('hex') };
}

export function contentFacts(fileId, objectKey, content) {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { fileId, objectKey, sizeBytes: content.length, sha256, crc32: crc32(content) };
}

/** Documents of one file each, with the content that the register knows; null: it never came. */
export function documentsOf(files) {
  return {
    count: files.length,
    document: (number) => documentOf(number, files[number].fileName ?? `file-${number}.bin`),
    content: (number) => files[number].content,
  };
}

export function documentOf(number, fileName) {
  return {
    documentId: `d-${String(number).padStart(9, '0')}`,
    index: `SOP-${number}`,
    title: `Procedure ${number}`,
    type: 'SOP',
    active: true,
    orgUnitIds: ['unit'],
    owners: [],
    authors: [],
    versions: [
      {
        versionId: `v-${number}`,
        number: '1.0',
        state: 'authorised',
        createdAt: '2026-03-01T12:00:00Z',
        fileId: fileName === null ? null : `f-${number}`,
        fileName,
        mediaType: 'application/octet-stream',
        attachments: [],
      },
    ],
  };
}

async function startBuilder(env) {
  const child = spawn(process.execPath, [...(env.NODE_FLAGS?.split(' ') ?? []), main], {
    env: { ...env, HEALTH_PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events = [];
  let text = '';
  const hear = (chunk) => {
    const lines = (text + chunk).split('\n');
    text = lines.pop() ?? '';
    events.push(...lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)));
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.resume();
  await started(child, events);
  return { child, pid: child.pid, events, kill: (signal = 'SIGKILL') => ended(child, signal) };
}

async function started(child, events) {
  while (!events.some(({ event }) => event === 'service.started')) {
    const ending = child.exitCode ?? child.signalCode;
    if (ending !== null) throw new Error(`a builder ended with ${ending}: ${JSON.stringify(events)}`);
    await sleep(50);
  }
}

async function ended(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

/** `backups`, `documents`, `permissions`, `download-audit` and the scheduler's beat, as far as builders ask them. */
async function openDesk(url) {
  const orders = new Map();
  const outcomes = new Map();
  const progress = new Map();
  const asked = { pages: 0 };
  const bus = connectBus({ url, name: 'yard' });
  const of = ({ backupId }) => orders.get(backupId);
  const inAccount = ({ selection }) => orders.get(selection.orgUnitIds[0]).documents;
  const noteEnd = (status) => async (fact) => {
    if (of(fact)) of(fact).order.status = status;
    if (status === 'failed')
      await bus.enqueue('archives.delete', { accountId: fact.accountId, backupId: fact.backupId });
    outcomes.set(fact.backupId, [...(outcomes.get(fact.backupId) ?? []), { status, ...fact }]);
  };
  const services = [
    serve(url, 'backups', {
      'backups.get-order': async (which) => of(which).order,
      'archive.progressed': async (fact) =>
        void progress.set(fact.backupId, [...(progress.get(fact.backupId) ?? []), fact]),
      'archive.built': noteEnd('completed'),
      'archive.failed': noteEnd('failed'),
      'archive.deleted': noteEnd('deleted'),
    }),
    serve(url, 'documents', {
      'documents.measure': async (question) => measured(inAccount(question)),
      'documents.list-page': async (question) => {
        asked.pages += 1;
        return page(inAccount(question), question);
      },
    }),
    serve(url, 'permissions', { 'permissions.get-access': async () => ({ siteAdmin: true, orgUnitIds: [] }) }),
    serve(url, 'download-audit', { 'downloads.get-chain-head': async () => ({ sequence: 0, hash: '0'.repeat(64) }) }),
  ];
  await Promise.all(services.map(listening));
  const beat = setInterval(() => {
    const tick = { tickId: randomUUID(), kind: 'sweep', at: new Date().toISOString() };
    bus.publish('schedule.ticked', tick).catch(() => undefined);
  }, TICK_MS);
  return {
    outcomes,
    progress,
    asked,
    order: async (accountId, documents, sealedPassword = null) => {
      const backupId = randomUUID();
      orders.set(backupId, { documents, order: orderOf(accountId, backupId, sealedPassword) });
      await bus.enqueue('archives.plan', { accountId, backupId });
      return backupId;
    },
    /** As `backups` ends one that is in progress. */
    end: async (accountId, backupId) => {
      orders.get(backupId).order.status = 'failed';
      await bus.enqueue('archives.delete', { accountId, backupId });
    },
    close: async () => {
      clearInterval(beat);
      await Promise.all(services.map((service) => service.close()));
      await bus.close();
    },
  };
}

// The one OU of an order is called as its backup is, so that a question about documents tells whose they are.
function orderOf(accountId, backupId, sealedPassword) {
  const options = { includeActive: true, includeInactive: true, excludeSuperseded: false };
  const unit = { orgUnitId: backupId, name: 'Unit', parentOrgUnitId: null, facilityId: null };
  return {
    backupId,
    account: { accountId, ...ACCOUNT },
    status: 'in_progress',
    createdAt: '2026-03-02T12:00:00.000Z',
    createdBy: { userId: 'ada', name: 'Ada' },
    allOrgUnits: true,
    scope: { facilities: [], orgUnits: [unit] },
    options,
    selection: { orgUnitIds: [backupId], ...options },
    sealedPassword,
  };
}

function measured(documents) {
  let sizeBytes = documents.sizeBytes ?? 0;
  for (let number = 0; documents.sizeBytes === undefined && number < documents.count; number += 1) {
    sizeBytes += documents.content(number)?.sizeBytes ?? 0;
  }
  const count = documents.count;
  const excluded = { excludedByActivity: 0, excludedAsSuperseded: 0 };
  return {
    documentCount: count,
    fileCount: documents.fileCount ?? count,
    sizeBytes,
    totalDocumentCount: count,
    ...excluded,
  };
}

function page(documents, { afterDocumentId, limit, selection }) {
  const first = afterDocumentId === null ? 0 : Number(afterDocumentId.slice(2)) + 1;
  const end = Math.min(documents.count, first + limit);
  const numbers = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  const listed = numbers.map((number) => ({ ...documents.document(number), orgUnitIds: selection.orgUnitIds }));
  return {
    documents: listed,
    files: numbers.map((number) => documents.content(number)).filter(Boolean),
    nextDocumentId: end < documents.count ? listed.at(-1).documentId : null,
  };
}

function serve(url, service, handlers) {
  const list = Object.fromEntries(Object.keys(handlers).map((name) => [name, messages[name]]));
  const strategy = new BusStrategy({ url, service, messages: list });
  for (const [name, handler] of Object.entries(handlers)) {
    strategy.addHandler(name, handler, messages[name].kind === 'fact');
  }
  return strategy;
}

function listening(service) {
  return new Promise((done, reject) => {
    service.listen((error) => (error ? reject(error) : done()));
  });
}

async function openVhost(name) {
  const url = new URL(process.env.TEST_RABBITMQ_URL);
  const { command, env } = JSON.parse(process.env.TEST_RABBITMQ_CONTROL);
  const permissions = `rabbit_auth_backend_internal:set_permissions(<<"${url.username}">>, V, <<".*">>, <<".*">>, <<".*">>, U)`;
  await run(command, ['eval', `V = <<"${name}">>, U = <<"yard">>, ok = rabbit_vhost:add(V, U), ${permissions}.`], {
    env,
  });
  url.pathname = `/${name}`;
  const drop = () => run(command, ['eval', `rabbit_vhost:delete(<<"${name}">>, <<"yard">>).`], { env });
  const jobsWaiting = async () => {
    const { stdout } = await run(command, ['list_queues', '--silent', '-p', name, 'name', 'messages'], { env });
    const row = stdout.split('\n').find((line) => line.startsWith('zip-builder.archives.build-segment'));
    return Number(row?.split('\t')[1]);
  };
  return { url: url.href, jobsWaiting, drop };
}

async function openDatabase(name) {
  await statement(`CREATE DATABASE ${name}`);
  const url = new URL(process.env.TEST_DATABASE_URL);
  url.pathname = `/${name}`;
  return url.href;
}

const dropDatabase = (name) => statement(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);

async function statement(text) {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

function bucketOf(url, name) {
  const own = new URL(url);
  own.pathname = `/${name.replace('_', '-')}`;
  return own.href;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
