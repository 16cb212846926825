import { cutPage } from './page-cut.js';

const walked = (...sizes: readonly number[]) => sizes.map((pageBytes, at) => ({ documentId: `d${at}`, pageBytes }));

describe('cutPage', () => {
  it('takes everything when it fits, and says that nothing follows', () => {
    expect(cutPage(walked(1, 1), 2, 10)).toEqual({ documentIds: ['d0', 'd1'], nextDocumentId: null });
  });

  it('stops at the limit and names the last one taken', () => {
    expect(cutPage(walked(1, 1, 1), 2, 10)).toEqual({ documentIds: ['d0', 'd1'], nextDocumentId: 'd1' });
  });

  it('stops before the page grows too large', () => {
    expect(cutPage(walked(6, 6, 1), 3, 10)).toEqual({ documentIds: ['d0'], nextDocumentId: 'd0' });
  });

  it('takes one document that alone is too large', () => {
    expect(cutPage(walked(60, 1), 3, 10)).toEqual({ documentIds: ['d0'], nextDocumentId: 'd0' });
  });

  it('ends where there is nothing', () => {
    expect(cutPage([], 3, 10)).toEqual({ documentIds: [], nextDocumentId: null });
  });
});
