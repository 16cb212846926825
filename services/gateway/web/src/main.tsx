import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { boot } from './data/boot.js';
import { queryClient } from './data/queries.js';
import { followHost } from './frame/host.js';
import { endSignIn } from './frame/sign-in.js';
import { applyTheme } from './frame/theme.js';
import { Page } from './frame/page.js';
import { chooseLanguage, LanguageProvider } from './language/language.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/page.css';
import './styles/banners.css';
import './styles/table.css';
import './styles/table-parts.css';
import './styles/table-narrow.css';

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
