import { aDocument, aVersion } from '../testing/documents.js';
import { selectVersions } from './selection.js';

const all = { includeActive: true, includeInactive: true, excludeSuperseded: false };
const old = aVersion({ versionId: 'old', state: 'superseded' });
const draft = aVersion({ versionId: 'draft', state: 'draft' });

describe('selectVersions', () => {
  it('takes every version whatever its state', () => {
    const document = aDocument({ versions: [old, draft] });
    expect(selectVersions(document, all)).toEqual({ included: true, versions: [old, draft] });
  });

  it('leaves superseded versions out where asked', () => {
    const document = aDocument({ versions: [old, draft] });
    const selected = selectVersions(document, { ...all, excludeSuperseded: true });
    expect(selected).toEqual({ included: true, versions: [draft] });
  });

  it('keeps versions together that share an id, so that all are accounted for', () => {
    const versions = [aVersion({ versionId: 'v', state: 'superseded' }), aVersion({ versionId: 'v' }), old];
    const document = aDocument({ versions });
    const selected = selectVersions(document, { ...all, excludeSuperseded: true });
    expect(selected).toEqual({ included: true, versions: versions.slice(0, 2) });
  });

  it('leaves a document out of which nothing remains', () => {
    const selected = selectVersions(aDocument({ versions: [old] }), { ...all, excludeSuperseded: true });
    expect(selected).toEqual({ included: false, reason: 'asSuperseded' });
  });

  it('keeps a document that never had a version', () => {
    const selected = selectVersions(aDocument({ versions: [] }), { ...all, excludeSuperseded: true });
    expect(selected).toEqual({ included: true, versions: [] });
  });

  it.each([
    [true, { includeActive: false }],
    [false, { includeInactive: false }],
  ])('leaves out by activity (%s)', (active, option) => {
    const selected = selectVersions(aDocument({ active }), { ...all, ...option });
    expect(selected).toEqual({ included: false, reason: 'byActivity' });
  });
});
