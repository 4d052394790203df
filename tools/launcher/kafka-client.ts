import { Kafka, logLevel, type Admin } from 'kafkajs';
import { reasonOf } from './reasons.js';

/** Opens an administrator's connection, hands it over and closes it whatever happens. */
export async function withKafkaAdmin<T>(brokers: string, work: (admin: Admin) => Promise<T>, retries = 3): Promise<T> {
  const kafka = new Kafka({
    clientId: 'yidi-launcher',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 3000,
    requestTimeout: 5000,
    retry: { retries, initialRetryTime: 100, maxRetryTime: 1000 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Undefined when the cluster answers and has a controller; otherwise the reason in a few words. */
export async function tryKafka(brokers: string, retries = 0): Promise<string | undefined> {
  try {
    const cluster = await withKafkaAdmin(brokers, (admin) => admin.describeCluster(), retries);
    return cluster.brokers.length > 0 ? undefined : 'it has no brokers';
  } catch (error) {
    return reasonOf(error);
  }
}

/** Deletes the topics and consumer groups whose names begin so; for runs on a Kafka that others use too. */
export function deleteTopics(brokers: string, prefix: string): Promise<void> {
  if (prefix === '') throw new Error('Deleting topics needs a prefix, or it would delete the topics of others.');
  return withKafkaAdmin(brokers, async (admin) => {
    const topics = (await admin.listTopics()).filter((name) => name.startsWith(prefix));
    if (topics.length > 0) await admin.deleteTopics({ topics });
    const groups = (await admin.listGroups()).groups
      .map(({ groupId }) => groupId)
      .filter((id) => id.startsWith(prefix));
    // The group of a member that was killed is not empty until Kafka has missed it, and disappears by itself some time later.
    const described = groups.length === 0 ? [] : (await admin.describeGroups(groups)).groups;
    const empty = described.filter(({ state }) => state === 'Empty' || state === 'Dead').map(({ groupId }) => groupId);
    if (empty.length > 0) await admin.deleteGroups(empty);
  });
}
