import { parseStoreUrl } from './store-url.js';

describe('parseStoreUrl', () => {
  it('reads a folder', () => {
    expect(parseStoreUrl('file:///var/lib/my%20objects')).toEqual({ kind: 'filesystem', root: '/var/lib/my objects' });
  });

  it('reads an S3 endpoint with TLS and its port by default', () => {
    expect(parseStoreUrl('s3://key:se%2Fcret@objects.example.com/my-bucket')).toEqual({
      kind: 's3',
      host: 'objects.example.com',
      port: 443,
      tls: true,
      bucket: 'my-bucket',
      region: 'us-east-1',
      accessKey: 'key',
      secretKey: 'se/cret',
    });
  });

  it('reads port, region and the choice of no TLS', () => {
    expect(parseStoreUrl('s3://k:s@[::1]:9000/bucket/?tls=0&region=eu-west-2')).toMatchObject({
      host: '::1',
      port: 9000,
      tls: false,
      region: 'eu-west-2',
      bucket: 'bucket',
    });
  });

  it('takes port 80 without TLS', () => {
    expect(parseStoreUrl('s3://k:s@host/bucket?tls=0')).toMatchObject({ port: 80 });
  });

  it.each([
    '',
    'not a url',
    'https://k:s@host/bucket',
    'file://host/folder',
    'file:///',
    'file:///folder?x=1',
    'file:///fol%00der',
    's3://host/bucket',
    's3://key@host/bucket',
    's3://k:s@host',
    's3://k:s@host/UPPER',
    's3://k:s@host/ab',
    's3://k:s@host/a..b',
    's3://k:s@host/bucket/folder',
    's3://k:s@host:0/bucket',
    's3://k:s@host/bucket?tls=no',
    's3://k:s@host/bucket?ssl=1',
    's3://k:%zz@host/bucket',
  ])('refuses %j', (text) => {
    expect(() => parseStoreUrl(text)).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
  });

  it('never repeats a secret', () => {
    const read = () => parseStoreUrl('s3://key:topsecret@host/BAD?tls=maybe');
    expect(read).not.toThrow(/topsecret/);
    expect(read).toThrow('OBJECT_STORE_URL is not valid');
  });
});
