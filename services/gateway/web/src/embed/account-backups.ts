// The element <account-backups> for host systems, served as /embed.js. It contains nothing of the page.
const base = import.meta.url;
const home = new URL('./', base);
const TOKENS = ['accent', 'radius', 'font', 'ground', 'surface', 'text', 'soft', 'line'];
const STYLE = `
:host { display: block; block-size: 100%; min-block-size: 40rem; }
:host([hidden]) { display: none; }
iframe { display: block; inline-size: 100%; block-size: 100%; min-block-size: inherit; border: 0; color-scheme: inherit; }
`;

/**
 * Shows Account Backups in a frame that takes on the look of the host page.
 * Attributes: `path` (such as `/request`), `lang`, `scheme` (`light` or `dark`), `title` of the frame.
 * Style: the custom properties `--ab-accent`, `--ab-radius`, `--ab-font` and so on, inherited from around it.
 * Event `account-backups-path`: `detail.path` is what the person is looking at, for the address of the host page.
 */
class AccountBackups extends HTMLElement {
  static readonly observedAttributes = ['lang', 'path', 'scheme', 'title'];
  private readonly frame = document.createElement('iframe');
  private readonly listen = (message: MessageEvent<unknown>): void => this.pass(message);

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    this.frame.allow = 'clipboard-write';
    root.append(this.frame);
  }

  connectedCallback(): void {
    addEventListener('message', this.listen);
    this.load();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.listen);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.isConnected || before === after) return;
    if (name === 'scheme') this.refresh();
    else this.load();
  }

  /** Passes the look of the host page on again: call it after style sheets or classes have changed. */
  refresh(): void {
    this.frame.contentWindow?.postMessage({ accountBackups: 'theme', query: this.theme().toString() }, home.origin);
  }

  private load(): void {
    const address = new URL(`.${this.getAttribute('path') ?? '/'}`, home);
    if (!address.href.startsWith(home.href)) throw new TypeError('<account-backups path>: expected a path such as "/"');
    address.search = this.theme().toString();
    this.frame.title = this.title || 'Account Backups';
    this.frame.src = address.href;
  }

  private theme(): URLSearchParams {
    const query = new URLSearchParams({ embed: '' });
    for (const name of ['lang', 'scheme']) {
      const value = this.getAttribute(name);
      if (value !== null) query.set(name, value);
    }
    const style = getComputedStyle(this);
    for (const token of TOKENS) {
      const value = style.getPropertyValue(`--ab-${token}`).trim();
      if (value !== '') query.set(`--ab-${token}`, value);
    }
    return query;
  }

  private pass({ source, origin, data }: MessageEvent<unknown>): void {
    if (source !== this.frame.contentWindow || origin !== home.origin) return;
    if (typeof data !== 'object' || data === null || !('accountBackups' in data) || !('path' in data)) return;
    const detail = { path: String(data.path) };
    this.dispatchEvent(new CustomEvent('account-backups-path', { detail, bubbles: true, composed: true }));
  }
}

if (!customElements.get('account-backups')) customElements.define('account-backups', AccountBackups);
