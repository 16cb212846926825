import { de } from '../language/de.js';
import { en } from '../language/en.js';
import { speaker } from '../language/texts.js';
import { exceptionTexts } from './exception-texts.js';

const english = speaker(en, 'en-GB');

describe('exceptionTexts', () => {
  it('calls a document a document and a file a file', () => {
    const backup = { exceptionCount: 3, exceptionCounts: { documents: 1, files: 2 } };
    expect(exceptionTexts(english, backup)).toEqual(['1 document lies in no OU', '2 files could not be read']);
    expect(exceptionTexts(speaker(de, 'de-DE'), backup)).toEqual([
      '1 Dokument liegt in keiner OE',
      '2 Dateien waren nicht lesbar',
    ]);
  });

  it('says nothing of a kind that there is none of', () => {
    expect(exceptionTexts(english, { exceptionCount: 1, exceptionCounts: { documents: 1, files: 0 } })).toHaveLength(1);
    expect(exceptionTexts(english, { exceptionCount: null })).toEqual([]);
  });

  it('tells files of an earlier archive, of which only the sum is known', () => {
    expect(exceptionTexts(english, { exceptionCount: 1 })).toEqual(['1 file could not be read']);
  });
});
