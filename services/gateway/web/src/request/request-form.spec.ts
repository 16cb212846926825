import { passphrase } from './passphrase.js';
import { passwordFault } from './password-choice.js';
import { strengthOf } from './password-strength.js';
import { blankForm, bodyToSend, scopeOf, withFacilities } from './request-form.js';

const own = (password: string, again = password) => ({ kind: 'own', password, again }) as const;

describe('what a request asks for', () => {
  it('is by default all active documents of all OUs without a password', () => {
    expect(bodyToSend(blankForm)).toEqual({ includeActive: true, includeInactive: false, excludeSuperseded: false });
  });

  it('names chosen facilities and OUs, and the password of either kind', () => {
    const form = { ...blankForm, facilityIds: ['f'], orgUnitIds: new Set(['a', 'b']), password: own('secret') };
    expect(scopeOf(form)).toMatchObject({ facilityIds: ['f'], orgUnitIds: ['a', 'b'] });
    expect(bodyToSend(form)).toMatchObject({ password: 'secret' });
    expect(scopeOf(form)).not.toHaveProperty('password');
  });

  it('gives up OUs outside of the facilities that are left', () => {
    const orgUnits = ['f', 'g'].map((facilityId) => ({
      orgUnitId: `of-${facilityId}`,
      name: '',
      facilityId,
      parentOrgUnitId: null,
    }));
    const form = { ...blankForm, orgUnitIds: new Set(['of-f', 'of-g']) };
    expect(withFacilities(form, ['g'], orgUnits).orgUnitIds).toEqual(new Set(['of-g']));
    expect(withFacilities(form, [], orgUnits).orgUnitIds).toEqual(new Set(['of-f', 'of-g']));
  });
});

describe('a password', () => {
  it.each([
    [blankForm.password, undefined],
    [own(''), 'ask.passwordEmpty'],
    [own('x'.repeat(13)), 'ask.passwordShort'],
    [own('é'.repeat(50)), 'ask.passwordLong'],
    [own(' one'), 'ask.passwordEdge'],
    [own('a\u00A0b'), 'ask.passwordSpace'],
    [own('a\u200Bb'), 'ask.passwordInvisible'],
    [own('e\u0301'.repeat(7), '\u00E9'.repeat(7)), undefined],
    [own('one thing in two', 'two things in one'), 'ask.passwordDiffers'],
    [own('one thing in two'), undefined],
  ])('%j: %s', (choice, fault) => {
    expect(passwordFault(choice)).toBe(fault);
  });

  it.each([
    ['Password2024', 'weak'],
    ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['tea house 71', 'weak'],
    ['correct horse battery', 'fair'],
    ['xK9#mQ2$vL8!wT', 'strong'],
    ['grünes Haus mit sieben Türmen', 'strong'],
  ])('%s is %s', (password, strength) => {
    expect(strengthOf(password)).toBe(strength);
  });

  it('of six words is strong, short enough and another each time', () => {
    const words = passphrase();
    expect(words).toMatch(/^[a-z]{3,8}(-[a-z]{3,8}){5}$/);
    expect(strengthOf(words)).toBe('strong');
    expect(passwordFault(own(words))).toBeUndefined();
    expect(passphrase()).not.toBe(words);
  });
});
