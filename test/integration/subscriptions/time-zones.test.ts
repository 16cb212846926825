// Every name of a zone that anybody may send: it works in every part that reckons with it, or is refused at the door.
import { emptyTally, readmeTxt } from '@account-backups/bag';
import { directory, isTimeZone, usableZone } from '@account-backups/contracts';
import { parseBackupWindow } from '@account-backups/scheduler/backup-window.js';
import { parseScanCron } from '@account-backups/scheduler/scan-cron.js';
import { dayOf, endOfDay, startOfDay } from '@account-backups/subscriptions/terms/calendar.js';

/** Of the IANA database, besides those that Node lists. */
const LINKS = `
Africa/Asmara Africa/Timbuktu America/Argentina/Buenos_Aires America/Argentina/Catamarca
America/Argentina/ComodRivadavia America/Argentina/Cordoba America/Argentina/Jujuy America/Argentina/Mendoza
America/Atikokan America/Atka America/Ensenada America/Fort_Wayne America/Indiana/Indianapolis
America/Kentucky/Louisville America/Knox_IN America/Montreal America/Nipigon America/Nuuk America/Pangnirtung
America/Porto_Acre America/Rainy_River America/Rosario America/Santa_Isabel America/Shiprock America/Thunder_Bay
America/Virgin America/Yellowknife Antarctica/South_Pole Asia/Ashkhabad Asia/Choibalsan Asia/Chongqing
Asia/Chungking Asia/Dacca Asia/Harbin Asia/Ho_Chi_Minh Asia/Istanbul Asia/Kashgar Asia/Kathmandu Asia/Kolkata
Asia/Macao Asia/Tel_Aviv Asia/Thimbu Asia/Ujung_Pandang Asia/Ulan_Bator Asia/Yangon Atlantic/Faroe
Atlantic/Jan_Mayen Australia/ACT Australia/Canberra Australia/Currie Australia/LHI Australia/NSW Australia/North
Australia/Queensland Australia/South Australia/Tasmania Australia/Victoria Australia/West Australia/Yancowinna
Brazil/Acre Brazil/DeNoronha Brazil/East Brazil/West CET CST6CDT Canada/Atlantic Canada/Central Canada/Eastern
Canada/Mountain Canada/Newfoundland Canada/Pacific Canada/Saskatchewan Canada/Yukon Chile/Continental
Chile/EasterIsland Cuba EET EST EST5EDT Egypt Eire Etc/GMT Etc/GMT+0 Etc/GMT+1 Etc/GMT+10 Etc/GMT+11 Etc/GMT+12
Etc/GMT+2 Etc/GMT+3 Etc/GMT+4 Etc/GMT+5 Etc/GMT+6 Etc/GMT+7 Etc/GMT+8 Etc/GMT+9 Etc/GMT-0 Etc/GMT-1 Etc/GMT-10
Etc/GMT-11 Etc/GMT-12 Etc/GMT-13 Etc/GMT-14 Etc/GMT-2 Etc/GMT-3 Etc/GMT-4 Etc/GMT-5 Etc/GMT-6 Etc/GMT-7 Etc/GMT-8
Etc/GMT-9 Etc/GMT0 Etc/Greenwich Etc/UCT Etc/UTC Etc/Universal Etc/Zulu Europe/Belfast Europe/Kyiv Europe/Nicosia
Europe/Tiraspol Europe/Uzhgorod Europe/Zaporozhye Factory GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong
Iceland Iran Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT Mexico/BajaNorte Mexico/BajaSur Mexico/General NZ
NZ-CHAT Navajo PRC PST8PDT Pacific/Chuuk Pacific/Johnston Pacific/Kanton Pacific/Pohnpei Pacific/Samoa Pacific/Yap
Poland Portugal ROC ROK Singapore Turkey UCT US/Alaska US/Aleutian US/Arizona US/Central US/East-Indiana US/Eastern
US/Hawaii US/Indiana-Starke US/Michigan US/Mountain US/Pacific US/Samoa UTC Universal W-SU WET Zulu`;
/** ICU's own. */
const ICU_NAMES = `
ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST
SystemV/AST4 SystemV/AST4ADT SystemV/CST6 SystemV/CST6CDT SystemV/EST5 SystemV/EST5EDT SystemV/HST10 SystemV/MST7
SystemV/MST7MDT SystemV/PST8 SystemV/PST8PDT SystemV/YST9 SystemV/YST9YDT
US/Pacific-New us/pacific-new Canada/East-Saskatchewan`;
const NO_NAMES = [
  '',
  'Z',
  '+01:00',
  '-0530',
  'GMT+1',
  'Etc/Unknown',
  'Mars/Olympus',
  'localtime',
  'Europe',
  'UTC ',
  'BSTX',
];

const words = (text: string) => text.trim().split(/\s+/);
const good = [...Intl.supportedValuesOf('timeZone'), ...words(LINKS).filter((name) => name !== 'Factory')];
const refused = [...words(ICU_NAMES), ...NO_NAMES, 'Factory'];
const NEW_YEAR = new Date('2026-01-01T12:00:00Z');
const accepted = (timeZone: string) => directory.safeParse({ name: 'Lab', timeZone }).success;

/** The time that an archive of such an account shows first. */
function shownIn(timeZone: string, asAt: Date): string {
  const who = { userId: 'ada', name: 'Ada' };
  const facts = {
    bagRoot: 'lab',
    backupId: 'b',
    account: { accountId: 'lab', name: 'Lab', timeZone },
    asAt: asAt.toISOString(),
    requestedAt: asAt.toISOString(),
    requestedBy: who,
    allOrgUnits: true,
    options: { includeActive: true, includeInactive: true, excludeSuperseded: false },
    passwordProtected: false,
    software: { name: 'Account Backups', version: '0' },
    tally: emptyTally,
  };
  return /^UNCONTROLLED COPY as at (.{16})/.exec(readmeTxt(facts))?.[1] ?? '';
}

/** What every part says of a zone; throws where one of them does not know it. */
function saidOf(timeZone: string): readonly string[] {
  const begin = startOfDay('2026-01-01', timeZone).getTime();
  const cron = parseScanCron('0 0 * * *', timeZone).latest(new Date(begin));
  const atNoon = parseBackupWindow(`12:00-12:01 ${timeZone}`).includes(new Date(begin + 12 * 3_600_000));
  return [cron.toISOString(), new Date(begin).toISOString(), shownIn(timeZone, new Date(begin)), String(atNoon)];
}

describe('a time zone', () => {
  it.each([
    ['as it is written', good],
    ['in small letters', good.map((name) => name.toLowerCase())],
  ])('of the IANA database is taken %s, and every part reckons alike with it', (_, names) => {
    expect(names.filter((name) => !accepted(name))).toEqual([]);
    const differing = names.filter((name) => {
      const [cron, start, shown, atNoon] = saidOf(name);
      return cron !== start || shown !== '2026-01-01 00:00' || atNoon !== 'true';
    });
    expect(differing).toEqual([]);
  });

  it('that only some parts know is refused, in words', () => {
    expect([...refused, ...refused.map((name) => name.toLowerCase())].filter(accepted)).toEqual([]);
    expect(directory.safeParse({ name: 'Lab', timeZone: 'BST' }).error?.issues).toMatchObject([
      { path: ['timeZone'], message: expect.stringContaining('Europe/London') },
    ]);
  });

  it.each([
    ['PST', 'America/Los_Angeles'],
    ['BST', 'Asia/Dhaka'],
    ['Mars/Olympus', 'UTC'],
    ['Europe/London', 'Europe/London'],
  ])('that is stored as %s is reckoned with as %s', (stored, zone) => {
    expect(usableZone(stored)).toBe(zone);
    expect([startOfDay, endOfDay].map((edge) => edge('2026-07-01', stored))).toEqual(
      [startOfDay, endOfDay].map((edge) => edge('2026-07-01', zone)),
    );
  });

  it('never throws where it is stored, whatever it is', () => {
    for (const name of [...good, ...refused]) {
      expect(isTimeZone(usableZone(name))).toBe(true);
      expect(dayOf(NEW_YEAR, name)).toMatch(/^202[56]-/);
      expect(shownIn(name, NEW_YEAR)).toMatch(/^202[56]-/);
    }
  });
});
