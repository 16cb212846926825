// node write-archiver.mjs <sources.json> <archive> <password>: the same by archiver and archiver-zip-encrypted.
import { createWriteStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';

const require = createRequire(import.meta.url);
const archiver = require('archiver');
archiver.registerFormat('zip-encrypted', require('archiver-zip-encrypted'));

const [, , list, path, password] = process.argv;
const archive = archiver.create('zip-encrypted', { encryptionMethod: 'aes256', password, store: true });
for (const { name, path: file } of JSON.parse(readFileSync(list, 'utf8'))) archive.file(file, { name });
await Promise.all([pipeline(archive, createWriteStream(path)), archive.finalize()]);
