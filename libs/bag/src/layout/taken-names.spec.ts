import { claimName, foldName, NameFilter, NameSet } from './taken-names.js';

describe('foldName', () => {
  it.each([
    ['straße', 'STRASSE'],
    ['e\u0301', 'É'],
    ['ﬁle', 'FILE'],
    ['\u212Aelvin', 'kelvin'],
    ['σας', 'ΣΑΣ'],
  ])('holds %s and %s for one', (a, b) => {
    expect(foldName(a)).toBe(foldName(b));
  });
});

describe('NameFilter', () => {
  it('never gives a name twice', () => {
    const filter = new NameFilter(10_000);
    const names = Array.from({ length: 10_000 }, (_, at) => `Name ${at}`);
    names.forEach((name) => filter.take(name));
    expect(names.filter((name) => filter.take(name.toUpperCase()))).toEqual([]);
  });

  it('hardly ever holds a free name for taken', () => {
    const filter = new NameFilter(10_000);
    const refused = Array.from({ length: 10_000 }, (_, at) => filter.take(`name ${at}`)).filter((free) => !free);
    expect(refused.length).toBeLessThan(5);
  });

  it('still never gives a name twice when far more come than expected', () => {
    const filter = new NameFilter(1);
    const names = Array.from({ length: 20_000 }, (_, at) => `Name ${at}`);
    names.forEach((name) => filter.take(name));
    expect(names.some((name) => filter.take(name))).toBe(false);
  });
});

describe('claimName', () => {
  it('goes on to another suffix while one is taken', () => {
    const taken = new NameSet();
    const claim = { within: '', seed: 'same', render: (suffix: string) => `x${suffix}` };
    const names = [1, 2, 3].map(() => claimName(taken, claim));
    expect(new Set(names).size).toBe(3);
    expect(names[0]).toBe('x');
  });
});
