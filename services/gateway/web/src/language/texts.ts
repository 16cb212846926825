import type { Catalogue, MessageKey } from './en.js';

type Values = Readonly<Record<string, string | number>>;
export type Say = (key: MessageKey, values?: Values) => string;

/** Speaks one language: fills in `{name}` and picks the plural form by `count`. */
export function speaker(catalogue: Catalogue, locale: string): Say {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (key, values = {}) => {
    const message = catalogue[key];
    const form = plurals.select(Number(values['count'] ?? 0)) === 'one' ? 'one' : 'other';
    const text = typeof message === 'string' ? message : message[form];
    return text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
      const value = values[name] ?? '';
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}
