// The real parts that all tests of one run share. They live on free ports below a temporary folder of the run.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@account-backups/contracts';
import { startMinio } from './parts/minio.js';
import { freePort } from './system/ports.js';
import { startPostgres } from './parts/postgres.js';
import { startRabbitmq } from './parts/rabbitmq.js';

export { ensureTestTools } from './test-tools.js';

interface TestParts {
  /** `TEST_…` variables that tell the tests where the parts are. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

// The data is thrown away at the end: nothing needs to survive a power cut.
const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

/** Starts Postgres, RabbitMQ and MinIO side by side. When one cannot be had, the others are ended before it throws. */
export async function startTestParts(): Promise<TestParts> {
  const folder = mkdtempSync(join(tmpdir(), 'account-backups-parts-'));
  chmodSync(folder, 0o711);
  const ending: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.allSettled(ending.map((end) => end()));
    rmSync(folder, { recursive: true, force: true });
  };
  const started = await Promise.allSettled([
    postgres(folder, ending),
    rabbitmq(folder, ending),
    objectStore(folder, ending),
  ]);
  const failed = started.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return { env: Object.assign({}, ...started.map((outcome) => 'value' in outcome && outcome.value)), stop };
}

type Environment = Readonly<Record<string, string>>;

async function postgres(folder: string, ending: (() => Promise<void>)[]): Promise<Environment> {
  const place = { dataDir: join(folder, 'postgres'), logFile: join(folder, 'postgres.log') };
  const part = await startPostgres({ ...place, port: await freePort(), settings: HASTY });
  ending.push(() => part.stop());
  return { TEST_DATABASE_URL: part.url };
}

async function rabbitmq(folder: string, ending: (() => Promise<void>)[]): Promise<Environment> {
  const place = { dataDir: join(folder, 'rabbitmq'), logFile: join(folder, 'rabbitmq.log') };
  const part = await startRabbitmq({ ...place, port: await freePort() });
  ending.push(() => part.kill());
  const control = { command: part.control, env: part.controlEnvironment };
  return { TEST_RABBITMQ_URL: part.url, TEST_RABBITMQ_CONTROL: JSON.stringify(control) };
}

/** MinIO needs Go to be built: without it the other tests still run, and those of S3 say why they do not. */
async function objectStore(folder: string, ending: (() => Promise<void>)[]): Promise<Environment> {
  try {
    const part = await startMinio({ dataDir: join(folder, 'minio'), port: await freePort() });
    ending.push(() => part.stop());
    return { TEST_OBJECT_STORE_URL: part.url };
  } catch (error) {
    if (!AppError.is(error, 'UNAVAILABLE')) throw error;
    console.log(`No S3 server for the tests: ${error.message}`);
    return {};
  }
}
