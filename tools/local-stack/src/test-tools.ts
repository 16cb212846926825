// Programs that tests use to look at our archives and pages with other people's eyes.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cachedDebianPackages, unpackDebianPackages } from './parts/debian-packages.js';

const run = promisify(execFile);

interface TestTool {
  /** The program or file whose presence shows that the tool is there. */
  readonly provides: string;
  readonly debianPackage: string;
  /** Whether it also works unpacked into a folder, so that no root is needed. */
  readonly relocatable: boolean;
  /** Its package would start a server of the system: it is only ever unpacked. */
  readonly isServer?: true;
}

const testTools: readonly TestTool[] = [
  { provides: '7zz', debianPackage: '7zip', relocatable: true },
  { provides: 'bsdtar', debianPackage: 'libarchive-tools', relocatable: true },
  { provides: 'unzip', debianPackage: 'unzip', relocatable: true },
  { provides: 'ziptool', debianPackage: 'ziptool', relocatable: true },
  { provides: 'java', debianPackage: 'default-jre-headless', relocatable: false },
  { provides: '/usr/share/java/zip4j.jar', debianPackage: 'libzip4j-java', relocatable: false },
  { provides: 'spin', debianPackage: 'spin', relocatable: true },
  { provides: 'pgbouncer', debianPackage: 'pgbouncer', relocatable: true, isServer: true },
  { provides: 'nginx', debianPackage: 'nginx', relocatable: true, isServer: true },
  { provides: 'haproxy', debianPackage: 'haproxy', relocatable: true, isServer: true },
  // Only as root: without it no storm has a clock that jumps.
  {
    provides: `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/faketime/libfaketime.so.1`,
    debianPackage: 'libfaketime',
    relocatable: false,
  },
  { provides: 'cc', debianPackage: 'build-essential', relocatable: false },
  { provides: 'chromium', debianPackage: 'chromium', relocatable: false },
];

interface TestTools {
  /** What the tests need in their environment to find the tools. */
  readonly env: Readonly<Record<string, string>>;
}

/** Installs what is missing as root, unpacks what can be unpacked as somebody else, and says what is still missing. */
export async function ensureTestTools(): Promise<TestTools> {
  const missing = testTools.filter((tool) => !isPresent(tool.provides));
  if (missing.length === 0) return { env: {} };
  const installed = missing.filter(({ isServer }) => !isServer);
  if (process.getuid?.() === 0 && installed.length > 0) await install(installed);
  const roots: string[] = [];
  for (const tool of missing.filter(({ provides }) => !isPresent(provides))) {
    const root = tool.relocatable ? await unpacked(tool.debianPackage) : undefined;
    if (root) roots.push(root);
    else console.log(`${tool.debianPackage} is missing and could not be installed: without it some tests fail.`);
  }
  return { env: environmentOf(roots) };
}

async function install(tools: readonly TestTool[]): Promise<void> {
  const names = tools.map((tool) => tool.debianPackage);
  console.log(`installing ${names.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const fetch = async () => run('apt-get', ['install', '--yes', '--no-install-recommends', ...names], { env });
  // The package lists may be missing or old; the caller names what fails the second time.
  await fetch().catch(async () => {
    await run('apt-get', ['update'])
      .then(fetch)
      .catch(() => undefined);
  });
}

async function unpacked(name: string): Promise<string | undefined> {
  return cachedDebianPackages(name) ?? (await unpackDebianPackages(name).catch(() => undefined));
}

function environmentOf(roots: readonly string[]): Readonly<Record<string, string>> {
  if (roots.length === 0) return {};
  const own = roots.flatMap((root) => [join(root, 'usr/bin'), join(root, 'usr/sbin')]);
  const libraries = roots.map((root) => join(root, 'usr/lib/x86_64-linux-gnu'));
  return {
    PATH: [process.env.PATH ?? '', ...own].join(delimiter),
    LD_LIBRARY_PATH: [...libraries, process.env.LD_LIBRARY_PATH ?? ''].filter(Boolean).join(delimiter),
  };
}

function isPresent(provides: string): boolean {
  if (provides.startsWith('/')) return existsSync(provides);
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${provides}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
