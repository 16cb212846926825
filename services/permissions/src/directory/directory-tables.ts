// Statements that make a table of the directory equal to what the host system lists.
import type { DataSource, EntityMetadata } from 'typeorm';
import { FacilityEntity } from '../entities/facility.entity.js';
import { GrantEntity } from '../entities/grant.entity.js';
import { GroupMemberEntity } from '../entities/group-member.entity.js';
import { OrgUnitEntity } from '../entities/org-unit.entity.js';
import { RoleEntity } from '../entities/role.entity.js';
import { UserGroupEntity } from '../entities/user-group.entity.js';
import { UserEntity } from '../entities/user.entity.js';

const tables = {
  facilities: FacilityEntity,
  org_units: OrgUnitEntity,
  roles: RoleEntity,
  users: UserEntity,
  user_groups: UserGroupEntity,
  group_members: GroupMemberEntity,
  grants: GrantEntity,
} as const;

type DirectoryTableName = keyof typeof tables;

/** How to get rows out of the JSON in `$2`, for tables where it is not simply an array of rows. */
const UNFOLDED: Partial<Record<DirectoryTableName, string>> = {
  group_members: `SELECT DISTINCT unnest(member_ids) AS user_id, user_group_id
      FROM json_to_recordset($2::json) AS groups(user_group_id text, member_ids text[])`,
};

/**
 * Each makes the rows of account `$1` those of the JSON array `$2`. It leaves equal rows alone, so the same directory
 * again writes only the row of the account.
 */
export function replacementsIn(database: DataSource): readonly (readonly [DirectoryTableName, string])[] {
  const names = Object.keys(tables) as DirectoryTableName[];
  return names.map((name) => {
    const metadata = database.getMetadata(tables[name]);
    return [name, replacement(name, metadata.tablePath, columnsOf(metadata))];
  });
}

/** Column → type. */
type Columns = Readonly<Record<string, string>>;

interface TableColumns {
  readonly key: Columns;
  readonly values: Columns;
}

/** Without `account_id`, which every row of a directory shares. */
function columnsOf({ columns }: EntityMetadata): TableColumns {
  const own = columns.filter(({ databaseName }) => databaseName !== 'account_id');
  const typed = (isPrimary: boolean): Columns =>
    Object.fromEntries(
      own
        .filter((column) => column.isPrimary === isPrimary)
        .map(({ databaseName, type, isArray }) => [databaseName, `${String(type)}${isArray ? '[]' : ''}`]),
    );
  return { key: typed(true), values: typed(false) };
}

function replacement(name: DirectoryTableName, path: string, { key, values }: TableColumns): string {
  const columns = { ...key, ...values };
  const list = (names: Columns, prefix = '') =>
    Object.keys(names)
      .map((column) => `${prefix}${column}`)
      .join(', ');
  const same = (names: Columns, operator: string) =>
    Object.keys(names)
      .map((column) => ` AND ${name}.${column} ${operator} given.${column}`)
      .join('');
  const types = Object.entries(columns)
    .map(([column, type]) => `${column} ${type}`)
    .join(', ');
  const changes = Object.keys(values)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ');
  return `
    WITH given AS MATERIALIZED (
      ${UNFOLDED[name] ?? `SELECT ${list(columns)} FROM json_to_recordset($2::json) AS listed(${types})`}
    ), removed AS (
      DELETE FROM ${path} WHERE account_id = $1
        AND NOT EXISTS (SELECT FROM given WHERE true${same(key, '=')})
    )
    INSERT INTO ${path} (account_id, ${list(columns)})
    SELECT $1, ${list(columns, 'given.')} FROM given
    WHERE NOT EXISTS (
      SELECT FROM ${path} WHERE account_id = $1${same(key, '=')}${same(values, 'IS NOT DISTINCT FROM')}
    )
    ON CONFLICT (account_id, ${list(key)}) DO ${changes ? `UPDATE SET ${changes}` : 'NOTHING'}`;
}
