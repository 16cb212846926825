import { browserName } from './browser-name.js';

const MOZILLA = 'Mozilla/5.0';

describe('browserName', () => {
  it.each([
    [`${MOZILLA} (X11; Linux x86_64; rv:148.0) Gecko/20100101 Firefox/148.0`, 'Firefox, Linux'],
    [`${MOZILLA} (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0`, 'Edge, Windows'],
    [`${MOZILLA} (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36`, 'Chrome, Android'],
    [`${MOZILLA} (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1`, 'Safari, iOS'],
    [`${MOZILLA} (Macintosh; Intel Mac OS X 15_0) Version/19.0 Safari/605.1`, 'Safari, macOS'],
    ['curl/8.5', null],
    ['', null],
  ])('of %s is %s', (userAgent, name) => {
    expect(browserName(userAgent)).toBe(name);
  });
});
