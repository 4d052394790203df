import { describe, expect, it } from '@jest/globals';
import { allContracts, serviceTopics } from './index.js';

describe('contracts between services', () => {
  it.each(allContracts.map((contract) => [contract.topic, contract] as const))(
    '[H81] the golden example of %s keeps its contract and is as it was',
    (_, contract) => {
      expect(contract.problems(contract.example)).toEqual([]);
      expect({ version: contract.version, example: contract.example }).toMatchSnapshot();
    },
  );

  it('[H81] a payload with an unknown key, a missing key or money as a number is refused', () => {
    const contract = allContracts.find(({ topic }) => topic === 'warning-raised');
    const example = contract?.example as Record<string, unknown>;
    const { payee: _payee, ...withoutPayee } = example;
    expect(contract?.check({ ...example, extra: 1 })).toBe(false);
    expect(contract?.check(withoutPayee)).toBe(false);
    expect(contract?.check({ ...example, cleared: 12044.25 })).toBe(false);
  });

  it('[N57] every topic that is consumed is published by somebody', () => {
    const published = new Set(allContracts.map(({ topic }) => topic));
    for (const { consumed } of Object.values(serviceTopics)) {
      for (const { topic } of consumed) expect(published.has(topic)).toBe(true);
    }
  });
});
