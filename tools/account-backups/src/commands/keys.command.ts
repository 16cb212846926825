import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { AppError, duration, parse } from '@account-backups/contracts';
import { keepRings, KEYS_FOLDER } from '@account-backups/local-stack/kept-rings.js';
import type { Bus } from '@account-backups/messaging';
import { RingFolder, ringNames, type RingName } from '@account-backups/service-kit/keys';
import { Argument, type Command } from 'commander';
import { Agreement } from '../keys/agreement.js';
import { listKeys } from '../keys/listed-keys.js';
import { RingRotation } from '../keys/ring-rotation.js';
import { overBus } from '../system/over-bus.js';
import { addressOf, dataDirOf, type Environment } from '../system/running-system.js';
import { tellAudit, toldCommand } from '../system/told-command.js';
import { print, printJson } from '../terminal/output.js';
import { textTable } from '../terminal/text-table.js';

interface ChangeOptions {
  readonly wait: string;
  readonly publish?: string;
  readonly json?: boolean;
}

const MOST_OF_KEY_ID = 64;

const ring = () => new Argument('<ring>', 'which ring').choices(ringNames);

export function addKeysCommand(program: Command): void {
  const keys = program
    .command('keys')
    .summary('rotate the keys of passwords, sessions, receipts and the audit')
    .description(
      'Works on the key rings below KEYS_DIR, or of the running system. A ring has one active key, which makes what is ' +
        'new, and accepted ones, which take what they made before. Processes follow their files without a restart.',
    );
  keys.command('list').description('Lists all keys.').option('--json', 'print them as JSON').action(list);
  keys
    .command('init')
    .description('Makes the rings that are not there yet.')
    .option('--json', 'print the folder as JSON')
    .action(init);
  changing(keys.command('add').addArgument(ring()))
    .description('Makes a key that is active in every running process when the command returns.')
    .action(add);
  changing(keys.command('retire').addArgument(ring()).argument('<keyId>', 'as keys list has it'))
    .description('Ends what a key made: refused for the active one, and for one that something still needs.')
    .action(retire);
}

function changing(command: Command): Command {
  return command
    .option('--wait <duration>', 'for processes to follow, such as 45s or 5m', '30s')
    .option('--publish <command>', 'what carries the files of KEYS_DIR to where processes read them')
    .option('--json', 'print the key as JSON');
}

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const held = (name: RingName) => withBus((bus) => new Agreement(bus, 0).anyIds(name));
  const listed = await listKeys(keptKeys(process.env), held);
  if (json) return printJson(listed);
  const rows = listed.map(({ ring: name, keyId, status, createdAt }) => [name, keyId, status, createdAt ?? '']);
  print(textTable(['ring', 'key', 'status', 'created'], rows));
}

async function init({ json }: { readonly json?: boolean }): Promise<void> {
  const folder = keysFolderOf(process.env);
  await keepRings(folder, { environment: process.env });
  if (json) printJson({ folder });
  else print([`the rings are in ${folder}`]);
}

async function add(name: RingName, options: ChangeOptions): Promise<void> {
  const keyId = await withBus(async (bus) => {
    const added = await toldCommand(bus, 'keys add', () => rotationOf(name, bus, options).add(), `key/${name}`);
    await tellDone(bus, 'key.added', `key/${name}/${added}`);
    return added;
  });
  const folder = keysFolderOf(process.env);
  if (options.json) printJson({ ring: name, keyId, status: 'active', folder });
  else print([`${keyId} is the active key of ${name} in every running process (${folder})`]);
}

async function retire(name: RingName, keyId: string, options: ChangeOptions): Promise<void> {
  await withBus(async (bus) => {
    const subject = `key/${name}/${keyId.slice(0, MOST_OF_KEY_ID)}`;
    await toldCommand(bus, 'keys retire', () => rotationOf(name, bus, options).retire(keyId), subject);
    await tellDone(bus, 'key.retired', subject);
  });
  const folder = keysFolderOf(process.env);
  if (options.json) printJson({ ring: name, keyId, status: 'retired', folder });
  else print([`${keyId} of ${name} is retired (${folder})`]);
}

async function tellDone(bus: Bus, action: string, subject: string): Promise<void> {
  try {
    await tellAudit(bus, { action, subject, details: {} });
  } catch (cause) {
    const message = `${action} ${subject}: it is done, but the audit was not told: repeat nothing, note it by hand`;
    throw new AppError('UNAVAILABLE', message, { cause });
  }
}

function rotationOf(name: RingName, bus: Bus, { wait, publish }: ChangeOptions): RingRotation {
  const agreement = new Agreement(bus, parse(duration, wait, '--wait') * 1_000);
  return new RingRotation(name, { folder: keptKeys(process.env), agreement, bus, publish: () => carry(publish) });
}

/** What it prints is no answer of ours. */
async function carry(command: string | undefined): Promise<void> {
  if (command === undefined) return;
  const child = spawn(command, { shell: true, stdio: ['ignore', 2, 2] });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new AppError('UNAVAILABLE', `--publish ended with ${code}: the files are written, not carried`);
}

function withBus<T>(work: (bus: Bus) => Promise<T>): Promise<T> {
  return overBus(addressOf('rabbitmqUrl', process.env), work);
}

function keptKeys(environment: Environment): RingFolder {
  return new RingFolder(keysFolderOf(environment));
}

function keysFolderOf(environment: Environment): string {
  return environment.KEYS_DIR || join(dataDirOf(environment), KEYS_FOLDER);
}
