import { registeredDocument, type RegisteredDocument } from '@account-backups/contracts';
import fc from 'fast-check';
import { wavesOf } from './document-waves.js';

const named = { index: 'SOP-1', type: 'SOP', orgUnitIds: ['ou'] };

interface Sent {
  readonly documentId: string;
  readonly revision: number | null;
}

const documentsOf = (sent: readonly Sent[]) =>
  sent.map((each, at) => registeredDocument.parse({ ...named, ...each, title: `sent as number ${at}` }));

/** A register that takes one document after another, as the service promises. */
class Model {
  readonly titles = new Map<string, string>();
  readonly older: number[] = [];

  constructor(private readonly revisions: Map<string, number>) {}

  take({ documentId, revision, title }: RegisteredDocument, at: readonly number[]): void {
    const known = this.revisions.get(documentId) ?? null;
    if (known !== null && typeof revision === 'number' && revision < known) {
      this.older.push(...at);
      return;
    }
    if (typeof revision === 'number') this.revisions.set(documentId, revision);
    this.titles.set(documentId, title);
  }
}

describe('the waves of a batch', () => {
  const sent = fc.array(
    fc.record({ documentId: fc.constantFrom('a', 'b'), revision: fc.constantFrom(null, 1, 2, 3) }),
    { maxLength: 8 },
  );
  const stored = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom(1, 2, 3));

  it('leave what the documents leave one after another, and tell the same ones as older', () => {
    fc.assert(
      fc.property(sent, stored, (given, known) => {
        const documents = documentsOf(given);
        const [one, other] = [0, 1].map(() => new Model(new Map(Object.entries(known))));
        for (const [at, document] of documents.entries()) one?.take(document, [at]);
        for (const { document, at } of wavesOf(documents).flat()) other?.take(document, at);
        expect(other?.titles).toEqual(one?.titles);
        expect(other?.older.toSorted((a, b) => a - b)).toEqual(one?.older);
      }),
    );
  });

  it('have no id twice, and number every document once', () => {
    fc.assert(
      fc.property(sent, (given) => {
        const waves = wavesOf(documentsOf(given));
        for (const wave of waves) {
          expect(new Set(wave.map(({ document }) => document.documentId)).size).toBe(wave.length);
        }
        const places = waves.flat().flatMap(({ at }) => at);
        expect(places.toSorted((a, b) => a - b)).toEqual(given.map((_, at) => at));
      }),
    );
  });

  it('are one for documents without a revision', () => {
    const given = ['a', 'b', 'a', 'a'].map((documentId) => ({ documentId, revision: null }));
    expect(wavesOf(documentsOf(given)).map((wave) => wave.map(({ document }) => document.title))).toEqual([
      ['sent as number 3', 'sent as number 1'],
    ]);
  });
});
