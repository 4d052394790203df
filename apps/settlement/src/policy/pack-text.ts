import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import { yamlProblems } from './yaml-problems.js';
import type { PackProblem } from './yaml-problems.js';

export type { PackProblem } from './yaml-problems.js';

export const showProblem = ({ file, line, path, problem }: PackProblem): string =>
  `${file}:${line}: ${path === '' ? '' : `${path}: `}${problem}`;

/** A file that cannot be used; all that is wrong with it, not only the first. */
export class PackFileError extends Error {
  constructor(readonly problems: readonly PackProblem[]) {
    super(problems.map(showProblem).join('\n'));
  }
}

/**
 * A place in a YAML or JSON text. Every scalar is read as the text that stands there, so 0.90 never passes through binary
 * floating point. Problems are collected, so that a writer sees all of them at once.
 */
export class Place {
  private constructor(
    private readonly node: Node | null,
    private readonly text: { file: string; lines: LineCounter; document: Document; problems: PackProblem[] },
    readonly path: string,
    private readonly keyOffset: number,
    private readonly beneath?: Place,
  ) {}

  static of(file: string, content: string): Place {
    const lines = new LineCounter();
    const document = parseDocument(content, { lineCounter: lines, schema: 'failsafe' });
    const problems = yamlProblems({ file, content, lines, document });
    if (problems.length > 0) throw new PackFileError(problems);
    return new Place(document.contents, { file, lines, document, problems: [] }, '', 0);
  }

  get file(): string {
    return this.text.file;
  }

  get problems(): readonly PackProblem[] {
    return this.text.problems;
  }

  get line(): number {
    return this.text.lines.linePos(this.node?.range?.[0] ?? this.keyOffset).line;
  }

  problem(problem: string): void {
    this.text.problems.push({ file: this.text.file, line: this.line, path: this.path, problem });
  }

  /** Throws when anything was wrong so far. */
  throwIfBad(): void {
    const once = new Map(this.text.problems.map((problem) => [showProblem(problem), problem]));
    if (once.size > 0) throw new PackFileError([...once.values()]);
  }

  private resolved(): Node | null {
    return isAlias(this.node) ? (this.node.resolve(this.text.document) ?? null) : this.node;
  }

  get scalar(): string | undefined {
    const node = this.resolved();
    return isScalar(node) ? String(node.value) : undefined;
  }

  get isMap(): boolean {
    return isMap(this.resolved());
  }

  get isList(): boolean {
    return isSeq(this.resolved());
  }

  /** This map with the keys of another one where it has none of its own. Problems of both are told here. */
  over(other: Place): Place {
    const beneath = new Place(other.node, { ...other.text, problems: this.text.problems }, '', 0, other.beneath);
    return new Place(this.node, this.text, this.path, this.keyOffset, beneath);
  }

  /** This place with a list of problems of its own: what is wrong elsewhere in the file does not count here. */
  get alone(): Place {
    return new Place(this.node, { ...this.text, problems: [] }, this.path, this.keyOffset, this.beneath);
  }

  /** The keys of a map in their order, with the places of their values. */
  entries(): [string, Place][] {
    const node = this.resolved();
    if (!isMap(node)) return [];
    const own = node.items.map(({ key, value }): [string, Place] => {
      const name = isScalar(key) ? String(key.value) : String(key);
      const keyOffset = (key as Node | null)?.range?.[0] ?? this.keyOffset;
      return [name, this.child(value as Node | null, this.path === '' ? name : `${this.path}.${name}`, keyOffset)];
    });
    const others = (this.beneath?.entries() ?? []).filter(([name]) => own.every(([mine]) => mine !== name));
    return [...own, ...others];
  }

  items(): Place[] {
    const node = this.resolved();
    if (!isSeq(node)) return [];
    return node.items.map((item, index) => this.child(item as Node | null, `${this.path}[${index}]`, this.keyOffset));
  }

  /** What stands under a key here and in the maps beneath, own first. */
  getAll(key: string): Place[] {
    const own = this.entries().find(([name]) => name === key)?.[1];
    const beneath = this.beneath?.getAll(key).filter((place) => place.node !== own?.node) ?? [];
    return [...(own === undefined ? [] : [own]), ...beneath];
  }

  get(key: string): Place | undefined {
    return this.entries().find(([name]) => name === key)?.[1];
  }

  /** The plain content; every scalar is a string. */
  toPlain(): unknown {
    const { scalar } = this;
    if (scalar !== undefined) return scalar;
    if (this.isList) return this.items().map((item) => item.toPlain());
    return Object.fromEntries(this.entries().map(([name, value]) => [name, value.toPlain()]));
  }

  private child(node: Node | null, path: string, keyOffset: number): Place {
    return new Place(node, this.text, path, keyOffset);
  }
}
