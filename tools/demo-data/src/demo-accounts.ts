import { harbourPeople, northfieldPeople } from './catalogue/people.js';
import { ordinaryDocuments } from './catalogue/unit-documents.js';
import { unusualDocuments } from './catalogue/unusual-documents.js';
import type { DemoAccount, DemoDocument } from './demo-account.js';
import { harbourDirectory } from './directories/harbour.directory.js';
import { northfieldDirectory } from './directories/northfield.directory.js';

export const DEFAULT_SEED = 'northfield-2026';

/** The two demo accounts. The same seed gives the same directories, documents and bytes. */
export function demoAccounts(seed: string = DEFAULT_SEED): readonly [northfield: DemoAccount, harbour: DemoAccount] {
  return [northfield(seed), harbour(seed)];
}

function northfield(seed: string): DemoAccount {
  const house = { seed: `${seed}/northfield`, organisation: 'Northfield Diagnostics', people: northfieldPeople };
  return {
    accountId: 'northfield',
    directory: northfieldDirectory,
    term: { firstDay: 0, lastDay: 364, reference: 'NF-2026-0118', note: 'Yearly term' },
    *documents(): Generator<DemoDocument> {
      yield* ordinaryDocuments(house, northfieldDirectory.orgUnits ?? [], 13);
      yield* unusualDocuments(house);
    },
  };
}

function harbour(seed: string): DemoAccount {
  const house = { seed: `${seed}/harbour`, organisation: 'Harbour Water Analysis', people: harbourPeople };
  return {
    accountId: 'harbour',
    directory: harbourDirectory,
    term: { firstDay: -389, lastDay: -25, reference: 'HW-0031', note: 'Not renewed' },
    *documents(): Generator<DemoDocument> {
      yield* ordinaryDocuments(house, harbourDirectory.orgUnits ?? [], 6);
    },
  };
}
