import kafkajs from 'kafkajs';
import type { Admin, PartitionAssigner } from 'kafkajs';
import { withKafkaAdmin } from '../../../../../tools/launcher/kafka-client.js';
import { persistently } from '../kafka-patience.js';

const ask = <T>(brokers: string, work: (admin: Admin) => Promise<T>): Promise<T> =>
  persistently(() => withKafkaAdmin(brokers, work));

/** From now on a topic takes no message that is larger. */
export function limitMessages(brokers: string, topic: string, bytes: number): Promise<void> {
  return ask(brokers, async (admin) => {
    const configEntries = [{ name: 'max.message.bytes', value: String(bytes) }];
    const resources = [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries }];
    await admin.alterConfigs({ validateOnly: false, resources });
  });
}

/** Kafka no longer knows what a group has read; nobody may be in it. */
export function forgetGroup(brokers: string, groupId: string): Promise<void> {
  return ask(brokers, async (admin) => {
    await admin.deleteGroups([groupId]);
  });
}

export function membersOf(brokers: string, groupId: string): Promise<number> {
  return ask(brokers, async (admin) => {
    const { groups } = await admin.describeGroups([groupId]);
    return groups[0]?.members.length ?? 0;
  });
}

/** A member that divides partitions by a method nobody else knows: Kafka then lets nobody else into the group. */
export async function foreignMember(brokers: string, groupId: string, topic: string): Promise<() => Promise<void>> {
  const foreign: PartitionAssigner = (options) => {
    const usual = kafkajs.PartitionAssigners.roundRobin(options);
    const protocol: typeof usual.protocol = (subscription) => ({ ...usual.protocol(subscription), name: 'foreign' });
    return { ...usual, name: 'foreign', protocol };
  };
  const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId, partitionAssigners: [foreign], maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic] });
  await consumer.run({ eachMessage: () => Promise.resolve() });
  return () => consumer.disconnect();
}
