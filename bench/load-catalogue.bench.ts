import { SystemClock } from '#shared/clock';
import { Database, migrate } from '#shared/database';
import { isRefusal } from '#shared/errors';
import { withSharedTables } from '#shared/service';
import { csvRows } from '#shared/sheets';
import { catalogueTemplate } from '../apps/settlement/src/catalogue/catalogue-row.js';
import { ImportCatalogue } from '../apps/settlement/src/catalogue/import-catalogue.js';
import { migrations } from '../apps/settlement/src/migrations/index.js';
import type { Bench, Measurement } from '../tools/bench/bench.js';
import { provision } from '../tools/launcher/provision.js';

const items = Number(process.env['YIDI_BENCH_ITEMS'] ?? 20_000);
const mostSeconds = 20;
const databaseName = 'yidi_bench_catalogue';

/** A catalogue of that many items with limits and scopes, as it would stream in over the network. */
async function* file(count: number, day: string): AsyncGenerator<Uint8Array> {
  let text = `${catalogueTemplate.join(',')}\n`;
  for (let index = 0; index < count; index += 1) {
    const no = String(index).padStart(12, '0');
    const disease = index % 5 === 0 ? 'M03900 M01600' : '';
    text += `XA01A${no},示例药品${no},09,乙,0.10,${index % 900}.50,,,,60.00,,${disease},${day},\n`;
    if (text.length > 60_000) {
      yield await Promise.resolve(Buffer.from(text));
      text = '';
    }
  }
  yield Buffer.from(text);
}

/** 目录导入 (N31): 20 000 items new, again with nothing new in it, and a second version of all of them. */
export const bench: Bench = {
  name: 'load-catalogue',
  servers: true,
  async run(servers) {
    if (servers === undefined) throw new Error('this bench needs the servers');
    const { appUrl, ownerUrl } = (await provision(servers.databaseUrl, databaseName, { fresh: true })).settlement;
    await migrate({ ownerUrl, schema: 'settlement', migrations: withSharedTables(migrations), direction: 'up' });
    const database = await Database.connect({ url: appUrl, schema: 'settlement', applicationName: 'yidi-bench' });
    const load = new ImportCatalogue(database, new SystemClock());
    const caller = { subject: 'bench', agency: '310000', level: 'area', roles: [], scope: { prefix: '31' } } as const;
    const timed = async (what: string, day: string): Promise<Measurement> => {
      const begun = performance.now();
      const loaded = await load.load('310000', undefined, csvRows(file(items, day)), caller);
      if (isRefusal(loaded)) throw new Error(loaded.code);
      const seconds = (performance.now() - begun) / 1000;
      const verdict = seconds <= (mostSeconds * items) / 20_000 ? 'in time' : 'TOO SLOW';
      const note = `${loaded.added} new, ${loaded.same} same, ${seconds.toFixed(1)} s, ${verdict}`;
      return { what, perSecond: items / seconds, note };
    };
    try {
      return [
        await timed('catalogue items loaded', '2026-01-01'),
        await timed('the same file again', '2026-01-01'),
        await timed('a second version of each', '2026-07-01'),
      ];
    } finally {
      await database.close();
    }
  },
};
