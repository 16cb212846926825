import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { anyText } from '../testing/hostile-text.js';
import { escapeHtml, isolated, pageFoot, pageHead, relativeHref, webHref } from './html.js';

describe('escapeHtml', () => {
  it('leaves nothing of any text that could end an element or an attribute', () => {
    fc.assert(fc.property(anyText, (text) => expect(escapeHtml(text)).not.toMatch(/[<>"']|(?![\t\n\r])\p{Cc}/u)));
  });
});

describe('isolated', () => {
  it('isolates text that could turn what stands around it', () => {
    expect(isolated('a\u202Ef')).toBe('<bdi>a\u202Ef</bdi>');
    expect(isolated('Café <1>')).toBe('Café &lt;1&gt;');
  });
});

describe('relativeHref', () => {
  it('leads from the page to the file', () => {
    expect(relativeHref('data/documents/A b/x#1?.pdf', 'data/')).toBe('documents/A%20b/x%231%3F.pdf');
    expect(relativeHref('data/exceptions.csv', 'data/metadata/')).toBe('../../data/exceptions.csv');
  });

  it('cannot be taken for a scheme or leave its attribute', () => {
    fc.assert(
      fc.property(anyText, (text) => expect(relativeHref(`data/${text}`, 'data/')).toMatch(/^[A-Za-z0-9%._/-]*$/)),
    );
  });
});

describe('webHref', () => {
  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'no address',
    '//x',
  ])('does not link to %j', (url) => {
    expect(webHref(url)).toBeNull();
  });

  it('links to the web', () => {
    expect(webHref('https://example.org/a b')).toBe('https://example.org/a%20b');
  });
});

describe('page', () => {
  it('allows its own style and scripts by their hash and nothing else', () => {
    const page = pageHead({ title: 'T', style: 'b{}', earlyScript: '1', script: '2' }) + pageFoot('2');
    const hashOf = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
    expect(page).toContain(
      `content="default-src 'none'; style-src ${hashOf('b{}')}; script-src ${hashOf('1')} ${hashOf('2')}; ` +
        `base-uri 'none'; form-action 'none'"`,
    );
    expect(page).toContain('<script>2</script>');
  });
});
