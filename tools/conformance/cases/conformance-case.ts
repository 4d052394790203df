import type { Desk } from '../desk.js';

/** 自检项目: one thing that a joining hospital or gateway must master. */
export interface ConformanceCase {
  readonly id: string;
  readonly title: string;
  readonly articles: string;
  /** Why it cannot be carried out with these facts; undefined when it can. */
  readonly missing?: (desk: Desk) => string | undefined;
  run(desk: Desk): Promise<void>;
}
