import { runRandom, realEngine } from './run-random.js';
import { shrink } from './shrink.js';
const [n, s] = process.argv.slice(2).map(Number);
const t = performance.now();
const r = runRandom(n ?? 100, s ?? 1);
console.log(
  r.histories,
  'histories',
  r.bills,
  'bills',
  r.packs,
  'packs',
  r.refusedPacks.length,
  'refused',
  ((performance.now() - t) / 1000).toFixed(1),
);
console.log(
  [
    ...new Set(
      r.refusedPacks
        .join('\n')
        .split('\n')
        .map((l) => l.replace(/^.*?\d+: /, '').slice(0, 140)),
    ),
  ]
    .slice(0, 15)
    .join('\n'),
);
if (r.difference) {
  const small = process.argv[4]
    ? { history: r.difference.history, difference: r.difference.found }
    : shrink({ history: r.difference.history, difference: r.difference.found }, realEngine);
  for (const p of [...small.history.library, ...small.history.packs]) console.log(p + '---');
  for (const b of small.history.bills) console.log(JSON.stringify(b));
  console.log(r.difference.index, small.history.account, small.difference.bill.id, small.difference.figures);
}
