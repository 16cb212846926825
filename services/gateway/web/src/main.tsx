import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
// What all rooms build on comes before the styles of a room.
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/notice.css';
import './styles/status.css';
import { boot } from './data/boot.js';
import { queryClient } from './data/queries.js';
import { followHost } from './host/host.js';
import { endSignIn } from './host/sign-in.js';
import { applyTheme } from './host/theme.js';
import { chooseLanguage, LanguageProvider } from './language/language.js';
import { Page } from './page/page.js';

const query = new URLSearchParams(location.search);
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
endSignIn();
applyTheme(query);
followHost();
const choice = await chooseLanguage(query.get('lang'), navigator.languages);
document.documentElement.lang = choice.locale;
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <LanguageProvider choice={choice} timeZone={boot.me?.account.timeZone ?? 'UTC'}>
        <Page />
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
);
