import type { MigrationInterface, QueryRunner } from 'typeorm';

// No foreign keys: one writer at a time writes a whole directory, whose references have been checked.
export class CreateDirectory1795000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE accounts (
        account_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        time_zone text NOT NULL,
        enterprise boolean NOT NULL,
        org_unit_count integer NOT NULL,
        CONSTRAINT accounts_key PRIMARY KEY (account_id)
      )`);
    await runner.query(`
      CREATE TABLE facilities (
        account_id text COLLATE "C" NOT NULL,
        facility_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        CONSTRAINT facilities_key PRIMARY KEY (account_id, facility_id)
      )`);
    await runner.query(`
      CREATE TABLE org_units (
        account_id text COLLATE "C" NOT NULL,
        org_unit_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        facility_id text COLLATE "C",
        parent_org_unit_id text COLLATE "C",
        place integer NOT NULL,
        CONSTRAINT org_units_key PRIMARY KEY (account_id, org_unit_id)
      )`);
    await runner.query(`
      CREATE TABLE roles (
        account_id text COLLATE "C" NOT NULL,
        role_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        permissions text[] NOT NULL,
        CONSTRAINT roles_key PRIMARY KEY (account_id, role_id)
      )`);
    await runner.query(`
      CREATE TABLE users (
        account_id text COLLATE "C" NOT NULL,
        user_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        email text,
        active boolean NOT NULL,
        site_admin boolean NOT NULL,
        facility_admin_of text[] NOT NULL,
        CONSTRAINT users_key PRIMARY KEY (account_id, user_id)
      )`);
    await runner.query(`
      CREATE TABLE user_groups (
        account_id text COLLATE "C" NOT NULL,
        user_group_id text COLLATE "C" NOT NULL,
        name text NOT NULL,
        permitted_places int4multirange NOT NULL,
        CONSTRAINT user_groups_key PRIMARY KEY (account_id, user_group_id)
      )`);
    await runner.query(`
      CREATE TABLE group_members (
        account_id text COLLATE "C" NOT NULL,
        user_id text COLLATE "C" NOT NULL,
        user_group_id text COLLATE "C" NOT NULL,
        CONSTRAINT group_members_key PRIMARY KEY (account_id, user_id, user_group_id)
      )`);
    await runner.query(`
      CREATE TABLE grants (
        account_id text COLLATE "C" NOT NULL,
        user_group_id text COLLATE "C" NOT NULL,
        position integer NOT NULL,
        role_id text COLLATE "C" NOT NULL,
        org_unit_ids text[] NOT NULL,
        include_sub_units boolean NOT NULL,
        CONSTRAINT grants_key PRIMARY KEY (account_id, user_group_id, position)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE grants, group_members, user_groups, users, roles, org_units, facilities, accounts');
  }
}
