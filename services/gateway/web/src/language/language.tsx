import { createContext, use, useMemo, type ReactNode } from 'react';
import { en, type Catalogue } from './en.js';
import { formatsOf, type Formats } from './formats.js';
import { speaker, type Say } from './texts.js';

export interface Language extends Formats {
  readonly locale: string;
  readonly say: Say;
}

const LanguageContext = createContext<Language | undefined>(undefined);

/** Texts and formats for everything inside; dates in the time zone of the account. */
export function LanguageProvider(props: { choice: Choice; timeZone: string; children: ReactNode }) {
  const { choice, timeZone, children } = props;
  const language = useMemo(() => {
    const { locale, catalogue } = choice;
    return { locale, say: speaker(catalogue, locale), ...formatsOf(locale, timeZone) };
  }, [choice, timeZone]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (!language) throw new Error('no language around this component');
  return language;
}

interface Choice {
  readonly locale: string;
  readonly catalogue: Catalogue;
}

/** The language that `?lang=` names or the browser prefers, of those that the page speaks. */
export async function chooseLanguage(asked: string | null, liked: readonly string[]): Promise<Choice> {
  const locale = [asked, ...liked].find((tag) => tag && /^(en|de)(-|$)/i.test(tag)) ?? 'en-GB';
  if (!/^de/i.test(locale)) return { locale: locale === 'en' ? 'en-GB' : locale, catalogue: en };
  const { de } = await import('./de.js');
  return { locale, catalogue: de };
}
