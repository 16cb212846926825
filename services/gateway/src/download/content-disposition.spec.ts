import { attachmentNamed } from './content-disposition.js';

describe('a Content-Disposition', () => {
  it('saves a file under its name, in any letters', () => {
    expect(attachmentNamed('Prüflabor (1).zip')).toBe(
      `attachment; filename="Pr_flabor (1).zip"; filename*=UTF-8''Pr%C3%BCflabor%20%281%29.zip`,
    );
  });

  it('lets no name end its quotes or its line', () => {
    expect(attachmentNamed('a";x=\r\nset-cookie: b\\.zip')).toBe(
      `attachment; filename="a_;x=__set-cookie: b_.zip"; filename*=UTF-8''a%22%3Bx%3D%0D%0Aset-cookie%3A%20b%5C.zip`,
    );
  });
});
