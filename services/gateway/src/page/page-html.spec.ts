import { pageHtml, pagePolicy } from './page-html.js';
import { codingFor } from './page-files.js';

describe('pageHtml', () => {
  it('lets no name end the element that it stands in', () => {
    const html = pageHtml('<!--boot-->', {
      home: '',
      nonce: 'n',
      boot: { name: '</script><script>alert(1)</script>$&' },
    });
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('\\u003c/script>\\u003cscript>alert(1)\\u003c/script>$&');
  });

  it('finds its files below the path that callers see', () => {
    const html = pageHtml('<script src="./assets/a.js"></script><!--boot-->', {
      home: '/apps/backups',
      nonce: 'n',
      boot: {},
    });
    expect(html).toContain('<script src="/apps/backups/assets/a.js">');
  });
});

describe('pagePolicy', () => {
  it('loads no plugin and takes no base', () => {
    expect(pagePolicy('n', "'self'")).toContain("base-uri 'none'; object-src 'none'");
  });

  it('allows no inline script', () => {
    expect(pagePolicy('n', "'self'")).toContain("script-src 'self';");
    expect(pagePolicy('n', 'https://qms.example')).toContain('frame-ancestors https://qms.example');
  });
});

describe('codingFor', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['br;q=0.5', 'br'],
    ['deflate', 'identity'],
    [undefined, 'identity'],
  ] as const)('takes from %s the coding %s', (accepted, coding) => {
    expect(codingFor(accepted)).toBe(coding);
  });
});
