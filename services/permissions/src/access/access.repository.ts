import { usableZone, type Access, type PermittedOrgUnits } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** An answer, and the edition of the directory it was read from. */
interface AccessAt {
  readonly edition: string;
  readonly access: Access;
}

interface MeantUser {
  readonly userId: string;
  readonly active: boolean;
  readonly notBefore: Date | null;
}

@Injectable()
export class AccessRepository {
  constructor(private readonly database: DataSource) {}

  /** The current edition of the directory; null for an unknown account. */
  async findEdition(accountId: string): Promise<string | null> {
    const rows: { edition: string }[] = await this.database.query(FIND_EDITION, [accountId]);
    return rows[0]?.edition ?? null;
  }

  /** By subject, else by id; null for an unknown one. */
  async findUser(accountId: string, subject: string): Promise<MeantUser | null> {
    const rows: MeantUser[] = await this.database.query(FIND_USER, [accountId, subject]);
    return rows[0] ?? null;
  }

  /** Null for a person who is unknown or inactive. */
  async findAccess(accountId: string, userId: string): Promise<AccessAt | null> {
    const rows: AccessAt[] = await this.database.query(FIND_ACCESS, [accountId, userId]);
    return rows[0] ? withUsableZone(rows[0]) : null;
  }

  /** Null as before. Names parents even if they are not permitted; in no particular order. */
  async findPermitted(accountId: string, userId: string): Promise<PermittedOrgUnits | null> {
    const rows: { permitted: PermittedOrgUnits }[] = await this.database.query(FIND_PERMITTED, [accountId, userId]);
    return rows[0]?.permitted ?? null;
  }
}

function withUsableZone({ edition, access }: AccessAt): AccessAt {
  const { account } = access;
  return { edition, access: { ...access, account: { ...account, timeZone: usableZone(account.timeZone) } } };
}

// Every sync writes the row of the account, even an equal one, so the version of that row is the edition.
const EDITION = `accounts.xmin || ' ' || accounts.ctid`;

// One statement each, so that none sees half of a new directory.
const PERMITTED = `
  WITH person AS MATERIALIZED (
    SELECT user_id, name, site_admin, facility_admin_of,
      CASE WHEN site_admin THEN '{}' ELSE coalesce((
        SELECT range_agg(permitted_places)
        FROM permissions.group_members JOIN permissions.user_groups USING (account_id, user_group_id)
        WHERE account_id = $1 AND user_id = $2
      ), '{}') END AS permitted_places
    FROM permissions.users
    WHERE account_id = $1 AND user_id = $2 AND active
  ), permitted AS (
    SELECT org_units.* FROM permissions.org_units, person
    WHERE account_id = $1 AND (
      person.site_admin
      OR place <@ person.permitted_places
      OR facility_id IN (SELECT unnest(facility_admin_of) FROM person)
    )
  )`;

const FIND_ACCESS = `${PERMITTED}
  SELECT ${EDITION} AS edition, json_build_object(
    'account', json_build_object('accountId', account_id, 'name', accounts.name, 'timeZone', time_zone,
      'enterprise', enterprise),
    'user', json_build_object('userId', user_id, 'name', person.name),
    'siteAdmin', site_admin,
    'facilityAdminOf', facility_admin_of,
    'orgUnitIds', (SELECT coalesce(json_agg(org_unit_id ORDER BY org_unit_id), '[]') FROM permitted),
    'accountOrgUnitCount', org_unit_count
  ) AS access
  FROM permissions.accounts, person WHERE account_id = $1`;

// An inactive user keeps the subject: nobody else is meant by it.
const FIND_USER = `
  SELECT meant.user_id AS "userId", active, not_before AS "notBefore" FROM (
    SELECT user_id, active, 1 AS choice FROM permissions.users WHERE account_id = $1 AND subject = $2
    UNION ALL
    SELECT user_id, active, 2 FROM permissions.users WHERE account_id = $1 AND user_id = $2
  ) AS meant LEFT JOIN permissions.cut_offs AS cut_offs
    ON cut_offs.account_id = $1 AND cut_offs.user_id = meant.user_id
  ORDER BY choice LIMIT 1`;

const FIND_EDITION = `SELECT ${EDITION} AS edition FROM permissions.accounts WHERE account_id = $1`;

const FIND_PERMITTED = `${PERMITTED}
  SELECT json_build_object(
    'facilities', (
      SELECT coalesce(json_agg(json_build_object('facilityId', facility_id, 'name', name)), '[]')
      FROM permissions.facilities WHERE account_id = $1 AND facility_id IN (SELECT facility_id FROM permitted)
    ),
    'orgUnits', (
      SELECT coalesce(json_agg(json_build_object('orgUnitId', org_unit_id, 'name', name,
        'parentOrgUnitId', parent_org_unit_id, 'facilityId', facility_id)), '[]')
      FROM permitted
    )
  ) AS permitted
  FROM person`;
