// What is deployed is what is built: Kubernetes manifests and compose file, rendered and checked offline.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { serviceNames } from '@account-backups/contracts';
import { parse, parseAllDocuments } from 'yaml';
import { kustomize, schemaFaults } from '../support/kubernetes-tools.js';

const root = resolve(import.meta.dirname, '../..');

interface Container {
  readonly image: string;
  readonly ports: readonly { name: string; containerPort: number }[];
  readonly env: readonly {
    name: string;
    valueFrom?: {
      configMapKeyRef?: { name: string; key: string };
      secretKeyRef?: { name: string; key: string };
    };
  }[];
  readonly readinessProbe?: { httpGet: { port: string } };
  readonly livenessProbe?: { httpGet: { port: string } };
  readonly resources?: { requests?: object; limits?: object };
  readonly securityContext?: object;
}
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: object };
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: { readonly containers: [Container]; readonly securityContext?: object };
    };
  };
}
interface Compose {
  readonly services: Readonly<
    Record<string, { readonly image: string; readonly environment?: Record<string, string> }>
  >;
}

it('k8s/setup keeps the strict schemas of Kubernetes', async () => {
  expect(await schemaFaults(await readFile(join(root, 'k8s/setup/store-init.yaml'), 'utf8'))).toBe('');
});

it('k8s/overlays/local runs one replica of each service', async () => {
  const yaml = await kustomize(join(root, 'k8s/overlays/local'));
  const manifests = parseAllDocuments(yaml).map((one) => one.toJS() as Manifest);
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
  expect(deployments.length).toBeGreaterThan(0);
  expect(deployments.filter(({ spec }) => spec.replicas !== 1).map(({ metadata }) => metadata.name)).toEqual([]);
});

describe.each(['base', 'overlays/local', 'overlays/production'])('k8s/%s', (folder) => {
  let yaml: string;
  let manifests: Manifest[];

  beforeAll(async () => {
    yaml = await kustomize(join(root, 'k8s', folder));
    manifests = parseAllDocuments(yaml).map((one) => one.toJS() as Manifest);
  });

  const deployments = () => {
    const found = manifests.filter(({ kind }) => kind === 'Deployment');
    expect(found.length).toBeGreaterThan(0);
    return found;
  };
  const containers = () => deployments().map(({ spec }) => spec.template.spec.containers[0]);

  it('keeps the strict schemas of Kubernetes', async () => {
    expect(await schemaFaults(yaml)).toBe('');
  });

  it('runs every service', () => {
    expect(
      deployments()
        .map(({ metadata }) => metadata.name)
        .toSorted(),
    ).toEqual([...serviceNames].toSorted());
  });

  it('selects the pods that it makes', () => {
    for (const { spec } of deployments()) {
      expect(Object.keys(spec.selector.matchLabels)).not.toEqual([]);
      expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    }
  });

  it('probes and bounds every container', () => {
    for (const container of containers()) {
      const ports = container.ports.map(({ name }) => name);
      expect(ports).toContain(container.readinessProbe?.httpGet.port);
      expect(ports).toContain(container.livenessProbe?.httpGet.port);
      expect(container.resources?.requests).toBeDefined();
      expect(container.resources?.limits).toBeDefined();
    }
  });

  it('lets a container do no more than it needs', () => {
    for (const { spec } of deployments()) {
      const { containers: all, ...pod } = spec.template.spec;
      const securityContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
      expect(pod).toMatchObject({ automountServiceAccountToken: false, securityContext });
      expect(all.map((container) => container.securityContext)).toEqual([
        { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      ]);
    }
  });

  it('refers only to settings that exist', () => {
    const settings = manifests.find(({ kind }) => kind === 'ConfigMap')?.data ?? {};
    const keys = containers().flatMap(({ env }) =>
      env.flatMap(({ valueFrom }) => valueFrom?.configMapKeyRef?.key ?? []),
    );
    expect(keys).not.toEqual([]);
    expect(keys.filter((key) => !(key in settings))).toEqual([]);
  });

  it('names only settings and secrets that .env.example explains', async () => {
    const example = await readFile(join(root, '.env.example'), 'utf8');
    const known = new Set([...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
    const ofTheContainer = new Set(['PORT', 'NODE_OPTIONS', 'MALLOC_ARENA_MAX']);
    const named = containers().flatMap(({ env }) => env.map(({ name }) => name.replace(/_KEYS_FILE$/, '_KEYS')));
    expect(named).not.toEqual([]);
    expect(named.filter((name) => !known.has(name) && !ofTheContainer.has(name))).toEqual([]);
  });

  it('runs the images that compose builds', async () => {
    const compose = parse(await readFile(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as Compose;
    for (const { metadata, spec } of deployments()) {
      const { image } = spec.template.spec.containers[0];
      expect(image).toEqual(expect.any(String));
      expect(image).toBe(compose.services[metadata.name]?.image);
    }
  });
});

it('k8s/overlays/production wants TLS, and nothing of a development system', async () => {
  const yaml = await kustomize(join(root, 'k8s/overlays/production'));
  const manifests = parseAllDocuments(yaml).map((one) => one.toJS() as Manifest);
  expect(manifests.find(({ kind }) => kind === 'ConfigMap')?.data).toMatchObject({ REQUIRE_TLS: 'true' });
  expect(yaml).not.toMatch(/NODE_ENV|http:\/\//);
});
