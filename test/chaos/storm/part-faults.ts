// Postgres, RabbitMQ and the store die, stand still, come back, refuse to write, or lose their volume.
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { setTimeout as lasts } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { eventually } from '../../support/eventually.js';
import { oneOf, type Random } from '../../support/seeded.js';
import { isOnFiles, ProductFault, span, type Fault, type FaultTargets } from './fault.js';
import type { Part } from './part.js';

type Choose = (targets: FaultTargets, random: Random) => { part: Part; name: string };

const anyPart: Choose = ({ parts: { postgres, broker, minio } }, random) => {
  const all = [
    { part: postgres, name: 'database' },
    { part: oneOf(broker.nodes, random) as Part, name: 'broker' },
    ...(minio ? [{ part: minio, name: 'store' }] : []),
  ];
  return oneOf(all, random);
};

const restarted: Fault = {
  name: 'a part dies and comes back',
  weight: 3,
  needs: (targets, random) => {
    const { part, name } = anyPart(targets, random);
    const forMs = span(0, 4_000, random);
    const how = name === 'database' ? 'SIGQUIT' : 'SIGKILL';
    return {
      resources: [name],
      about: `${name}, away for ${forMs} ms`,
      run: async () => {
        await part.kill(how);
        await lasts(forMs);
        await part.startAgain();
      },
    };
  },
};

const brokerDown: Fault = {
  name: 'every node of the broker dies',
  weight: 1,
  isPossible: ({ parts }) => parts.broker.nodes.length > 1,
  needs: ({ parts: { broker } }, random) => {
    const forMs = span(0, 4_000, random);
    return {
      resources: ['broker'],
      about: `away for ${forMs} ms`,
      run: async () => {
        await Promise.all(broker.nodes.map((node) => node.kill('SIGKILL')));
        await lasts(forMs);
        // All at once: each waits for the others.
        await Promise.all(broker.nodes.map((node) => node.startAgain()));
      },
    };
  },
};

const stopped: Fault = {
  name: 'a part stands still',
  weight: 3,
  needs: (targets, random) => {
    const { part, name } = anyPart(targets, random);
    const forMs = span(300, 7_000, random);
    return {
      resources: [name],
      about: `${name} for ${forMs} ms`,
      run: async () => {
        part.freeze();
        await lasts(forMs);
        part.thaw();
      },
    };
  },
};

const readOnly: Fault = {
  name: 'the database is read-only',
  weight: 2,
  needs: ({ parts }, random) => {
    const forMs = span(500, 5_000, random);
    return {
      resources: ['database'],
      about: `for ${forMs} ms`,
      run: async () => {
        await asSuperuser(parts.postgres.url, ['ALTER SYSTEM SET default_transaction_read_only = on']);
        await lasts(forMs);
        await eventually(() => asSuperuser(parts.postgres.url, ['ALTER SYSTEM RESET default_transaction_read_only']));
      },
    };
  },
};

const locked: Fault = {
  name: 'rows are locked by a stranger',
  weight: 3,
  needs: ({ parts }, random) => {
    const table = oneOf(['backups.backups', 'zip_builder.builds', 'zip_builder.segments', 'documents.files'], random);
    const forMs = span(300, 7_000, random);
    return {
      resources: ['database'],
      about: `${table} for ${forMs} ms`,
      run: async () => {
        const client = new Client({ connectionString: parts.postgres.url });
        await client.connect();
        await client.query(`BEGIN; SELECT 1 FROM ${table} ORDER BY random() LIMIT 50 FOR UPDATE SKIP LOCKED`);
        await lasts(forMs);
        await client.end();
      },
    };
  },
};

const refused: Fault = {
  name: 'the store takes nothing',
  weight: 4,
  isPossible: ({ parts }) => parts.storeDoor !== undefined,
  needs: ({ parts: { storeDoor } }, random) => {
    const kind = oneOf(['full', 'read-only'] as const, random);
    const forMs = span(500, 6_000, random);
    return {
      resources: ['store'],
      about: `it is ${kind} for ${forMs} ms`,
      run: async () => {
        storeDoor?.refuse(kind);
        await lasts(forMs);
        storeDoor?.refuse(null);
      },
    };
  },
};

const unmounted: Fault = {
  name: "the store's volume is not mounted",
  weight: 4,
  isPossible: isOnFiles,
  needs: ({ parts }, random) => {
    const forMs = span(500, 6_000, random);
    return {
      resources: ['store'],
      about: `for ${forMs} ms`,
      run: async () => {
        const mountPoint = fileURLToPath(parts.objectStoreUrl);
        await rename(mountPoint, `${mountPoint}-of-the-volume`);
        await mkdir(mountPoint);
        await lasts(forMs);
        const made = await readdir(mountPoint);
        await rm(mountPoint, { recursive: true });
        await rename(`${mountPoint}-of-the-volume`, mountPoint);
        if (made.length > 0) throw new ProductFault(`made in the empty mount point: ${made.join(', ')}`);
      },
    };
  },
};

async function asSuperuser(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('SET default_transaction_read_only = off');
  for (const statement of [...statements, 'SELECT pg_reload_conf()']) await client.query(statement);
  await client.end();
}

export const partFaults: readonly Fault[] = [restarted, brokerDown, stopped, readOnly, locked, refused, unmounted];
