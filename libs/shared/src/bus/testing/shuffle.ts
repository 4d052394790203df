/** A small generator of numbers, so that a test that fails can be repeated with its seed. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function shuffled<T>(all: readonly T[], seed: number): T[] {
  const random = numbersFrom(seed);
  return all
    .map((one) => ({ one, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

/** Mixes the keys, but keeps the order within each, as Kafka does. */
export function shuffledByKey<T>(all: readonly T[], keyOf: (one: T) => string, seed: number): T[] {
  const places = shuffled(all, seed).map(keyOf);
  const queues = Map.groupBy(all, keyOf);
  return places.flatMap((key) => queues.get(key)?.shift() ?? []);
}
