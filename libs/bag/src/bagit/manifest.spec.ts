import { someFacts } from '../testing/facts.js';
import { bagInfo } from './bagit.js';
import { manifestLine, payloadManifest, tagManifest } from './manifest.js';

const sha256 = 'a'.repeat(64);

describe('manifest', () => {
  it('encodes percent signs and line ends of a path and nothing else', () => {
    expect(manifestLine({ path: 'data/50%\r\n é.txt', sha256 })).toBe(`${sha256}  data/50%25%0D%0A é.txt\n`);
  });

  it('ends with the files that are not documents', () => {
    const manifest = payloadManifest([{ path: 'data/index.html', sha256 }]);
    expect(manifest.head() + manifest.foot()).toBe(`${sha256}  data/index.html\n`);
  });

  it('lists tag files alike', () => {
    expect(tagManifest([{ path: 'bagit.txt', sha256 }])).toBe(`${sha256}  bagit.txt\n`);
  });
});

describe('bagInfo', () => {
  it('tells the payload in octets and files', () => {
    const info = bagInfo(someFacts(), { sizeBytes: 1_234_567, fileCount: 8 }, '2025-07-23T23:59:00+02:00');
    expect(info).toContain('Payload-Oxum: 1234567.8\n');
    expect(info).toContain('Bag-Size: 1.2 MB\n');
    expect(info).toContain('Bagging-Date: 2025-07-23\n');
  });

  it('keeps each value on its line', () => {
    const account = { accountId: 'x', name: 'A\r\nPayload-Oxum: 1.1', timeZone: 'UTC' };
    const info = bagInfo(someFacts({ account }), { sizeBytes: 1, fileCount: 1 }, '2025-07-23T00:00:00Z');
    expect(info).toContain('Source-Organization: A Payload-Oxum: 1.1\n');
    expect(info.split('\n')).toHaveLength(9);
  });
});
