import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { ContentLedger } from './content-ledger.js';

const digestOf = (text: string) => createHash('sha256').update(text).digest();

describe('ContentLedger', () => {
  it('tells what is kept, altered and missing, as a map would', () => {
    const files = fc.dictionary(fc.string({ unit: 'binary', maxLength: 8 }), fc.option(fc.string({ maxLength: 2 })));
    fc.assert(
      fc.property(files, fc.dictionary(fc.string({ maxLength: 2 }), fc.string({ maxLength: 2 })), (found, promised) => {
        const ledger = new ContentLedger();
        for (const [path, text] of Object.entries(found)) ledger.note(path, text === null ? null : digestOf(text));
        const said = Object.entries(promised).map(([path, text]) => ledger.settle(path, digestOf(text)));
        const expected = Object.entries(promised).map(([path, text]) => {
          if (!Object.hasOwn(found, path)) return 'missing';
          if (found[path] === null) return 'unreadable';
          return found[path] === text ? 'kept' : 'altered';
        });
        expect(said).toEqual(expected);
        const again = Object.entries(promised).map(([path, text]) => ledger.settle(path, digestOf(text)));
        expect(again).toEqual(expected.map((verdict) => (verdict === 'missing' ? verdict : 'repeated')));
        expect(ledger.size).toBe(Object.keys(found).length);
      }),
    );
  });

  it('keeps a hundred thousand paths apart', () => {
    const ledger = new ContentLedger();
    const paths = Array.from({ length: 100_000 }, (_, number) => `data/documents/${number}`);
    expect(paths.filter((path) => !ledger.note(path, digestOf(path)))).toEqual([]);
    expect(paths.filter((path) => ledger.note(path, null))).toEqual([]);
    expect(paths.filter((path) => ledger.settle(path, digestOf(path)) !== 'kept')).toEqual([]);
    expect(ledger.size).toBe(100_000);
  });

  it('calls nothing promised before it is', () => {
    const ledger = new ContentLedger();
    ledger.note('a', null);
    const before = ledger.isPromised('a');
    ledger.settle('a', digestOf('a'));
    expect([before, ledger.isPromised('a'), ledger.isPromised('b')]).toEqual([false, true, false]);
  });
});
