// How a table of the directory is made equal to what the host system says, in one statement.

type Columns = Readonly<Record<string, string>>;

interface DirectoryTable {
  /** Column → type, without `account_id`. */
  readonly key: Columns;
  readonly values: Columns;
  /** Gives the rows from the JSON text in `$2`, where that is not simply an array of them. */
  readonly rows?: string;
}

const tables = {
  facilities: { key: { facility_id: 'text' }, values: { name: 'text' } },
  org_units: {
    key: { org_unit_id: 'text' },
    values: { name: 'text', facility_id: 'text', parent_org_unit_id: 'text', place: 'integer' },
  },
  roles: { key: { role_id: 'text' }, values: { name: 'text', permissions: 'text[]' } },
  users: {
    key: { user_id: 'text' },
    values: { name: 'text', email: 'text', active: 'boolean', site_admin: 'boolean', facility_admin_of: 'text[]' },
  },
  user_groups: { key: { user_group_id: 'text' }, values: { name: 'text', permitted_places: 'int4multirange' } },
  group_members: {
    key: { user_id: 'text', user_group_id: 'text' },
    values: {},
    rows: `SELECT DISTINCT unnest(member_ids) AS user_id, user_group_id
      FROM json_to_recordset($2::json) AS groups(user_group_id text, member_ids text[])`,
  },
  grants: {
    key: { user_group_id: 'text', position: 'integer' },
    values: { role_id: 'text', org_unit_ids: 'text[]', include_sub_units: 'boolean' },
  },
} as const satisfies Record<string, DirectoryTable>;

export type DirectoryTableName = keyof typeof tables;

/**
 * Makes the rows of account `$1` those of the JSON array `$2`. A row that is as it should be is not touched, so that
 * the same directory again writes nothing.
 */
export const replacements: readonly (readonly [DirectoryTableName, string])[] = (
  Object.keys(tables) as DirectoryTableName[]
).map((name) => [name, replacement(name, tables[name])]);

function replacement(name: string, { key, values, rows }: DirectoryTable): string {
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
      ${rows ?? `SELECT ${list(columns)} FROM json_to_recordset($2::json) AS listed(${types})`}
    ), removed AS (
      DELETE FROM ${name} WHERE account_id = $1
        AND NOT EXISTS (SELECT FROM given WHERE true${same(key, '=')})
    )
    INSERT INTO ${name} (account_id, ${list(columns)})
    SELECT $1, ${list(columns, 'given.')} FROM given
    WHERE NOT EXISTS (
      SELECT FROM ${name} WHERE account_id = $1${same(key, '=')}${same(values, 'IS NOT DISTINCT FROM')}
    )
    ON CONFLICT (account_id, ${list(key)}) DO ${changes ? `UPDATE SET ${changes}` : 'NOTHING'}`;
}
