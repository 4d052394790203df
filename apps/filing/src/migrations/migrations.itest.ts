import { expect, it } from '@jest/globals';
import { migrate } from '#shared/database';
import { withSharedTables } from '#shared/service';
import { testDatabase } from '#shared/testing';
import { migrations } from './index.js';

it('[H81] the schema goes down to nothing and up again', async () => {
  const all = withSharedTables(migrations);
  const servers = await testDatabase('filing', all);
  const way = { ownerUrl: servers.ownerUrl, schema: 'filing', migrations: all };
  const names = all.map((migration) => new migration().name ?? '');
  expect((await migrate({ ...way, direction: 'down' })).sort()).toEqual([...names].sort());
  expect((await migrate({ ...way, direction: 'up' })).sort()).toEqual([...names].sort());
  await servers.drop();
});
