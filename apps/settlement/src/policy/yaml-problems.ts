import { visit } from 'yaml';
import type { Document, LineCounter, YAMLError } from 'yaml';

/** One thing that is wrong with a pack or a case: where it stands and what to write instead. */
export interface PackProblem {
  readonly file: string;
  readonly line: number;
  /** The way to it, for example inpatient[0].ratio. */
  readonly path: string;
  readonly problem: string;
}

interface Source {
  readonly file: string;
  readonly content: string;
  readonly lines: LineCounter;
  readonly document: Document;
}

/**
 * What keeps a text from being read at all. Of mistakes in the signs only the first is told, because the others mostly follow
 * from it.
 */
export function yamlProblems(source: Source): PackProblem[] {
  const { errors } = source.document;
  const at = (offset: number, problem: string): PackProblem => ({
    file: source.file,
    line: source.lines.linePos(offset).line,
    path: '',
    problem,
  });
  const twice = errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  const others = errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  const first = others.find(({ code }) => code === 'TAB_AS_INDENT') ?? others[0];
  return [
    ...(first === undefined ? [] : [at(first.pos[0], inWords(first))]),
    ...twice.map(({ pos }) => at(pos[0], `"${keyAt(source.content, pos[0])}" stands here twice; keep one of them`)),
    ...(errors.length > 0 ? [] : badAliases(source.document, at)),
  ];
}

function inWords({ code, message }: YAMLError): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'a tab begins this line; indent with spaces';
    case 'BAD_INDENT':
      return 'this line is not indented like its neighbours; write as many spaces as they have';
    default: {
      const what = (message.split('\n')[0] ?? 'is not YAML').replace(/ at line \d+, column \d+:?$/, '');
      return `${what}; look for a bracket that is not closed, a missing colon, or a text with a comma or a colon that needs quotes`;
    }
  }
}

const keyAt = (content: string, offset: number): string => /^[^\s:,{}]*/.exec(content.slice(offset))?.[0] ?? '';

/** Names that stand for a part which is not there, or for the part in which they stand. */
function badAliases(document: Document, at: (offset: number, problem: string) => PackProblem): PackProblem[] {
  const problems: PackProblem[] = [];
  visit(document, {
    Alias(_, alias, path) {
      const meant = alias.resolve(document);
      const offset = alias.range?.[0] ?? 0;
      if (meant === undefined)
        problems.push(
          at(offset, `*${alias.source} stands for nothing; write &${alias.source} before the part it repeats`),
        );
      else if (path.some((around) => around === meant))
        problems.push(at(offset, `*${alias.source} stands inside the part that it repeats; write the value`));
    },
  });
  return problems;
}
