import { createHash } from 'node:crypto';
import type pg from 'pg';
import { SERVICES, type ServiceName } from './layout.js';
import { databaseAddress, withClient } from './postgres-client.js';

export interface ServiceDatabase {
  schema: string;
  /** The service at work: reads and writes rows of its own schema, changes no structure. */
  appUrl: string;
  /** The owner of the schema: runs migrations. */
  ownerUrl: string;
}
export type ServiceDatabases = Record<ServiceName, ServiceDatabase>;

export interface ProvisionOptions {
  /** Drop the database first, with whoever is connected to it. */
  fresh?: boolean;
}

/** Roles belong to the whole cluster, so provisions of several databases take turns under this number. */
const ADVISORY_LOCK = 7_000_432;

/**
 * Prepares one database for the five services: a schema each, with an owner role and an application role that can
 * touch no other schema. May be repeated, and may run for several databases of one server at the same time.
 */
export async function provision(
  adminUrl: string,
  databaseName: string,
  options: ProvisionOptions = {},
): Promise<ServiceDatabases> {
  await withClient(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    for (const service of SERVICES) await ensureRoles(client, adminUrl, service);
    await ensureDatabase(client, databaseName, options.fresh === true);
    await withClient(urlFor(adminUrl, databaseName), divideDatabase);
  });
  const entries = SERVICES.map((service) => [service, databaseOf(adminUrl, databaseName, service)]);
  return Object.fromEntries(entries) as ServiceDatabases;
}

/** The addresses that provision answers, for a database that was provisioned before. */
export function databaseOf(adminUrl: string, databaseName: string, service: ServiceName): ServiceDatabase {
  const url = (role: string): string => urlFor(adminUrl, databaseName, { role, password: passwordOf(adminUrl, role) });
  return { schema: service, appUrl: url(appRole(service)), ownerUrl: url(ownerRole(service)) };
}

const appRole = (service: ServiceName): string => `yidi_${service}`;
const ownerRole = (service: ServiceName): string => `yidi_${service}_owner`;

/** Whoever knows the administrator's password can compute the roles' passwords, and nobody else. */
function passwordOf(adminUrl: string, role: string): string {
  const adminPassword = decodeURIComponent(new URL(adminUrl).password);
  return createHash('sha256').update(`${adminPassword}${role}`).digest('hex');
}

function urlFor(adminUrl: string, databaseName: string, as?: { role: string; password: string }): string {
  const url = new URL(databaseAddress(adminUrl, databaseName));
  if (as !== undefined) {
    url.username = as.role;
    url.password = as.password;
  }
  return url.href;
}

async function ensureRoles(client: pg.Client, adminUrl: string, service: ServiceName): Promise<void> {
  for (const role of [appRole(service), ownerRole(service)]) {
    const { rows } = await client.query<{ powerful: boolean }>(
      `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as powerful
       from pg_roles where rolname = $1`,
      [role],
    );
    // A new role can do nothing yet; taking powers away takes powers, so it is done only where there are any.
    if (rows[0] === undefined) await client.query(`create role ${role}`);
    else if (rows[0].powerful) {
      await client.query(`alter role ${role} nosuperuser nobypassrls nocreaterole nocreatedb noreplication`);
    }
    await client.query(`alter role ${role} login password ${client.escapeLiteral(passwordOf(adminUrl, role))}`);
    await client.query(`alter role ${role} set search_path = ${service}`);
  }
  // An administrator who is not a superuser may give a schema only to a role whose privileges he has.
  const owner = ownerRole(service);
  const { rows } = await client.query<{ has: boolean }>(`select pg_has_role($1, 'usage') as has`, [owner]);
  if (rows[0]?.has !== true) await client.query(`grant ${owner} to current_user`);
}

async function ensureDatabase(client: pg.Client, name: string, fresh: boolean): Promise<void> {
  const database = client.escapeIdentifier(name);
  if (fresh) await client.query(`drop database if exists ${database} with (force)`);
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0) await client.query(`create database ${database}`);
  const roles = SERVICES.flatMap((service) => [appRole(service), ownerRole(service)]).join(', ');
  await client.query(`revoke all on database ${database} from public`);
  await client.query(`grant connect on database ${database} to ${roles}`);
}

async function divideDatabase(client: pg.Client): Promise<void> {
  await client.query('revoke all on schema public from public');
  for (const service of SERVICES) {
    const app = appRole(service);
    const owner = ownerRole(service);
    const byDefault = `alter default privileges for role ${owner}`;
    await client.query(`
      create schema if not exists ${service} authorization ${owner};
      revoke all on schema ${service} from public;
      grant usage on schema ${service} to ${app};
      ${byDefault} revoke execute on functions from public;
      ${byDefault} in schema ${service} grant select, insert, update, delete on tables to ${app};
      ${byDefault} in schema ${service} grant select, usage, update on sequences to ${app};
      ${byDefault} in schema ${service} grant execute on functions to ${app};
    `);
  }
}
