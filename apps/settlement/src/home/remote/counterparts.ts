import type { Counterpart, ServiceConfig } from '#shared/service';

/** 对端: the other deployments that this one meets, found by the areas that they serve. */
export class Counterparts {
  /** 本部署的名称: how the others know this one. */
  readonly self: string;
  readonly all: readonly Counterpart[];

  constructor({ deployment, counterparts }: Pick<ServiceConfig, 'deployment' | 'counterparts'>) {
    this.self = deployment;
    this.all = counterparts;
  }

  named(name: string): Counterpart | undefined {
    return this.all.find((one) => one.name === name);
  }

  /** Who serves an area; undefined where it is served here. The longest prefix of its code counts. */
  serving(area: string): Counterpart | undefined {
    const matches = this.all.flatMap((one) =>
      one.areas.filter((prefix) => area.startsWith(prefix)).map((prefix) => ({ one, length: prefix.length })),
    );
    return matches.sort((a, b) => b.length - a.length)[0]?.one;
  }
}
