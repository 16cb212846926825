// A secret goes to the programs that `services.ts` of local-stack names, wherever they run, and to nobody else.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { secretNames, systemPrograms } from '@account-backups/local-stack/services.js';
import { readConfiguration } from '@account-backups/service-kit';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { root, textOf } from './harness.js';

interface Compose {
  readonly services: Readonly<
    Record<string, { readonly environment?: Readonly<Record<string, string>>; readonly volumes?: readonly string[] }>
  >;
}
interface Deployment {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly [Container] } } };
}
interface Container {
  readonly env: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef?: object };
  }[];
}

const compose = textOf('docker-compose.yml');
const composed = (parse(compose, { merge: true }) as Compose).services;
const isSecret = (name: string) => secretNames.some((secret) => secret === name);
/** A key ring comes as a file. */
const secretOf = (name: string) => name.replace(/_KEYS_FILE$/, '_KEYS');
const mounted = '/etc/account-backups/keys/';
const programs = systemPrograms({ withIssuer: true });

function deployed(service: string): Container['env'] {
  const documents = parseAllDocuments(textOf(`k8s/base/${service}.yaml`)).map((one) => one.toJS() as { kind: string });
  const deployment = documents.find(({ kind }) => kind === 'Deployment') as unknown as Deployment;
  return deployment.spec.template.spec.containers[0].env;
}

describe('docker-compose.yml', () => {
  it.each(programs)('gives $name its secrets, and no others', ({ name, secrets }) => {
    const given = Object.entries(composed[name]?.environment ?? {}).filter(([variable]) =>
      isSecret(secretOf(variable)),
    );
    expect(given.map(([variable]) => secretOf(variable)).toSorted()).toEqual(secrets.toSorted());
    const files = given.filter(([variable]) => variable.endsWith('_FILE'));
    expect(files).toEqual(files.map(([variable]) => [variable, `/data/keys/${name}/${secretOf(variable)}`]));
    const volumes = files.length > 0 ? [`${name}-keys:/data/keys/${name}:ro`] : [];
    expect((composed[name]?.volumes ?? []).filter((volume) => volume.includes('keys'))).toEqual(volumes);
  });

  it('takes no secret that scripts/make-env.mjs does not make', () => {
    const printed = execFileSync(process.execPath, [join(root, 'scripts/make-env.mjs')], { encoding: 'utf8' });
    const made = printed.split('\n').map((line) => line.replace(/=.*/, ''));
    const taken = [...compose.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name).filter(isSecret);
    expect(taken.length).toBeGreaterThan(1);
    expect(taken.filter((name) => !made.includes(name))).toEqual([]);
  });
});

describe('in production', () => {
  const ofServices = [...new Set(systemPrograms({ withIssuer: false }).flatMap(({ secrets }) => secrets))];

  it.each(ofServices)('a usual %s is refused', (name) => {
    const usual = name.endsWith('_URL') ? 's3://guest:guest@host/bucket' : 'guest';
    const environment = { NODE_ENV: 'production', [name]: usual };
    const read = () => readConfiguration({ NODE_ENV: z.string(), [name]: z.string() }, environment);
    expect(read).toThrow(`${name}: `);
  });
});

describe('k8s/base', () => {
  it.each(programs.filter(({ name }) => name !== 'local-issuer'))(
    'gives $name its secrets, and no others',
    ({ name, secrets }) => {
      const given = deployed(name).filter((variable) => isSecret(secretOf(variable.name)));
      expect(given.map((variable) => secretOf(variable.name)).toSorted()).toEqual(secrets.toSorted());
      const elsewhere = given.filter(({ valueFrom }) => valueFrom?.secretKeyRef === undefined);
      const rings = elsewhere.filter((variable) => variable.value === `${mounted}${secretOf(variable.name)}`);
      expect(elsewhere).toEqual(rings);
      const secret = `secretName: account-backups-${name}-keys`;
      expect(textOf(`k8s/base/${name}.yaml`).includes(secret)).toBe(rings.length > 0);
    },
  );
});
