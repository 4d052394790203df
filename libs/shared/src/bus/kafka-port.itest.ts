import { afterAll, describe, expect, it } from '@jest/globals';
import { testBrokers, uniqueName } from '../testing/index.js';
import { KafkaPort } from './kafka-port.js';
import { Topics } from './testing/topics.js';

describe('Kafka behind its port', () => {
  const topics = new Topics();
  afterAll(() => topics.close());

  it('[D5] the lag of a topic is never taken for nothing because its partitions are not known yet', async () => {
    const names = Array.from({ length: 6 }, () => uniqueName('lag'));
    await topics.make(names);
    const value = Buffer.from('x');
    for (const name of names) await topics.put(name, [{ key: 'k', value }]);
    const groupId = uniqueName('lag-group');
    for (let round = 0; round < 2; round += 1) {
      const kafka = new KafkaPort({ brokers: testBrokers(), clientId: 'yidi-test' });
      const lags = names.map(async (name, index) => {
        if (index % 3 === 0) await kafka.ensureTopics([uniqueName('other')]);
        return kafka.lag(groupId, [name]);
      });
      expect(await Promise.all(lags)).toEqual(names.map(() => 1));
      await kafka.close();
    }
  });
});
