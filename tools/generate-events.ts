import { allContracts, serviceTopics } from '#shared/contracts';

const namesOf = (side: 'published' | 'consumed', topic: string): string =>
  Object.entries(serviceTopics)
    .filter(([, topics]) => topics[side].some((contract) => contract.topic === topic))
    .map(([service]) => service)
    .join(', ') || '—';

/** docs/events.md: every topic with who publishes it, who listens, and its golden example. */
export function eventPage(): string {
  const sections = allContracts.map(({ topic, version, example }) =>
    [
      `## ${topic} v${version}`,
      '',
      `Published by ${namesOf('published', topic)}; read by ${namesOf('consumed', topic)}.`,
      '',
      '```json',
      JSON.stringify(example, null, 2),
      '```',
    ].join('\n'),
  );
  return [
    '# Events 消息契约',
    '',
    'Generated from `libs/shared/src/contracts` by `npm run docs`. Amounts are decimal strings in yuan. Dead letters go to `<topic>.dlq`.',
    '',
    sections.join('\n\n'),
    '',
  ].join('\n');
}
