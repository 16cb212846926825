import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { acceptedWeights } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';

// The best one first.
const COMPRESSED = ['br', 'gzip'] as const;

type Coding = (typeof COMPRESSED)[number] | 'identity';

interface Asset {
  readonly mediaType: string;
  readonly bodies: Readonly<Record<Coding, Buffer>>;
}

const FOLDER = join(import.meta.dirname, '../../web/dist');
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

const mediaTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files of the built page, each read and compressed at first use and then kept: a few hundred kilobytes. */
@Injectable()
export class PageFiles {
  /** Undefined where the page was not built. */
  readonly index: string | undefined = readOptional(join(FOLDER, 'index.html'));
  private readonly names = new Set(servedNames());
  private readonly loaded = new Map<string, Asset>();

  /** A file by its path below the page's folder. */
  asset(name: string): Asset | undefined {
    // Only files listed at the start are opened, so that no name can lead out of the folder.
    if (!this.names.has(name)) return undefined;
    const known = this.loaded.get(name);
    if (known) return known;
    const asset = compressed(name, readFileSync(join(FOLDER, name)));
    this.loaded.set(name, asset);
    return asset;
  }
}

/** The best coding that an Accept-Encoding header allows. */
export function codingFor(accepted: string | undefined): Coding {
  const weights = acceptedWeights(accepted);
  return COMPRESSED.find((coding) => (weights.get(coding) ?? 0) > 0) ?? 'identity';
}

function compressed(name: string, identity: Buffer): Asset {
  const mediaType = mediaTypes[extname(name)] ?? 'application/octet-stream';
  return { mediaType, bodies: { identity, gzip: gzipSync(identity), br: brotliCompressSync(identity, BROTLI) } };
}

function readOptional(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** What is served below the page's folder. */
function servedNames(): readonly string[] {
  try {
    return ['embed.js', ...readdirSync(join(FOLDER, 'assets')).map((name) => `assets/${name}`)];
  } catch {
    return [];
  }
}
