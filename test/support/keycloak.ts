// A real Keycloak, for tests that are asked for with KEYCLOAK=1: it takes Java 17, Maven and 150 MB.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { cacheFolder } from '@account-backups/local-stack/parts/cache-folder.js';
import { launch } from '@account-backups/local-stack/parts/launch.js';
import { giveToPart } from '@account-backups/local-stack/parts/part-identity.js';
import { endProcess } from '@account-backups/local-stack/system/process-table.js';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';

export const KEYCLOAK_VERSION = '26.0.7';

const run = promisify(execFile);
const NAME = `keycloak-quarkus-dist-${KEYCLOAK_VERSION}`;
const SHA256 = '25353b74613bcf72db67f8addbd88d832c705a69333091a16573d249d665fe21';
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
const ADMIN = { name: 'admin', password: 'a password of these tests' };
// Its first start compiles it for its settings.
const START_MS = 240_000;

export interface Keycloak {
  readonly url: string;
  /** Of the realm that was imported. */
  readonly issuer: string;
  /** Calls the administrators' API, below the realm. */
  administer(path: string, method?: string, body?: unknown): Promise<Response>;
  stop(): Promise<void>;
}

/** Starts it with one realm, which it imports from a file as an operator would. */
export async function startKeycloak(realm: { readonly realm: string }): Promise<Keycloak> {
  const folder = await mkdtemp(join(tmpdir(), 'account-backups-keycloak-'));
  await cp(await ensureKeycloak(), folder, { recursive: true });
  await mkdir(join(folder, 'data/import'), { recursive: true });
  await writeFile(join(folder, 'data/import/realm.json'), JSON.stringify(realm));
  const port = await freePort();
  const { pid } = await startProgram(folder, port);
  const url = `http://localhost:${port}`;
  const issuer = `${url}/realms/${realm.realm}`;
  const stop = async () => {
    await endProcess(pid, { signal: 'SIGTERM', graceMs: 15_000 });
    await rm(folder, { recursive: true, force: true });
  };
  const isUp = async () => {
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
    if (!answer.ok) throw new Error(`${issuer} answers ${answer.status}`);
  };
  await eventually(isUp, { deadlineMs: START_MS, everyMs: 500 }).catch(async (cause: unknown) => {
    const log = await readFile(join(folder, 'keycloak.log'), 'utf8');
    await stop();
    throw new Error(`Keycloak did not start: ${log.slice(-2_000)}`, { cause });
  });
  return { url, issuer, stop, administer: administerOf(url, realm.realm) };
}

async function startProgram(folder: string, port: number): Promise<{ readonly pid: number }> {
  await run('chown', ['--recursive', '--reference', await ownedByPart(folder), folder]);
  const command = join(folder, 'bin/kc.sh');
  return launch({
    command,
    args: ['start-dev', '--import-realm', `--http-port=${port}`],
    env: {
      PATH: process.env['PATH'] ?? '',
      JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx768m',
      KC_BOOTSTRAP_ADMIN_USERNAME: ADMIN.name,
      KC_BOOTSTRAP_ADMIN_PASSWORD: ADMIN.password,
    },
    deathSignal: 'KILL',
    logFile: join(folder, 'keycloak.log'),
    paths: [command],
  });
}

async function ownedByPart(folder: string): Promise<string> {
  giveToPart(folder);
  return folder;
}

function administerOf(url: string, realm: string): Keycloak['administer'] {
  return async (path, method = 'GET', body) => {
    const { name: username, password } = ADMIN;
    const form = { grant_type: 'password', client_id: 'admin-cli', username, password };
    const asked = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const { access_token: token } = (await asked.json()) as { access_token: string };
    const answer = await fetch(`${url}/admin/realms/${realm}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
}

/** The unpacked distribution; Maven fetches it once. */
async function ensureKeycloak(): Promise<string> {
  const parent = join(cacheFolder(), 'keycloak');
  const kept = join(parent, KEYCLOAK_VERSION);
  if (existsSync(kept)) return kept;
  await mkdir(parent, { recursive: true });
  const draft = await mkdtemp(join(parent, 'new-'));
  try {
    const artifact = `org.keycloak:keycloak-quarkus-dist:${KEYCLOAK_VERSION}:zip`;
    await run('mvn', ['--quiet', '--batch-mode', COPY, `-Dartifact=${artifact}`, `-DoutputDirectory=${draft}`]);
    const file = join(draft, `${NAME}.zip`);
    const found = await sha256Of(file);
    if (found !== SHA256) throw new Error(`${file} has the checksum ${found}, expected ${SHA256}`);
    await run('unzip', ['-q', file, '-d', draft]);
    await rename(join(draft, `keycloak-${KEYCLOAK_VERSION}`), kept);
    return kept;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
