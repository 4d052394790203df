import ts from 'typescript';

/** A place where code asks whether somebody is from elsewhere. */
export interface ElsewherePlace {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

const comparisons: ReadonlySet<ts.SyntaxKind> = new Set([
  ...[ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken],
  ...[ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsToken],
  ...[ts.SyntaxKind.LessThanToken, ts.SyntaxKind.GreaterThanToken],
]);

const isHome = (text: string): boolean => /home(_?area|\b)/i.test(text);
const isTreatment = (text: string): boolean => /treatment_?area|institution\.area|destination/i.test(text);
const areBoth = (texts: readonly string[]): boolean => texts.some(isHome) && texts.some(isTreatment);
/** Something that holds the route, or whether the place is home. */
const isGround = (text: string): boolean => /(^|[.\s!?])(route|where)[!?]*$/.test(text);
const comparesPlaces: ReadonlySet<string> = new Set(['samePool', 'sameProvince', 'sameDestination', 'whereOf']);

const sqlPatterns = [
  /home_area\s*(=|<>|!=|is (not )?distinct from)\s*([a-z]+\.)?treatment_area/i,
  /treatment_area\s*(=|<>|!=|is (not )?distinct from)\s*([a-z]+\.)?home_area/i,
  /\b(where|and|or|not|on|when|filter \(where)\s+([a-z]+\.)?route\s*(=|<>|!=|not in|in)\s*[('$]/i,
];

/**
 * 同等管理 (N52 H70): every place of a file that keys on the patient's being from elsewhere: home area against treatment
 * area, the route, the place as the home area sees it; in code and in SQL.
 */
export function findElsewhere(file: string, text: string): ElsewherePlace[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lines = text.split('\n');
  const found = new Map<number, ElsewherePlace>();
  const add = (node: ts.Node): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    if (!found.has(line)) found.set(line, { file, line: line + 1, code: (lines[line] ?? '').trim().slice(0, 120) });
  };
  const visit = (node: ts.Node): void => {
    if (asksForElsewhere(node, source)) add(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found.values()].sort((a, b) => a.line - b.line);
}

function asksForElsewhere(node: ts.Node, source: ts.SourceFile): boolean {
  const text = (one: ts.Node): string => one.getText(source);
  if (ts.isBinaryExpression(node) && comparisons.has(node.operatorToken.kind)) {
    const sides = [text(node.left), text(node.right)];
    return areBoth(sides) || sides.some(isGround);
  }
  if (ts.isSwitchStatement(node)) return isGround(text(node.expression));
  if (ts.isElementAccessExpression(node)) return isGround(text(node.argumentExpression));
  if (ts.isCallExpression(node)) {
    const args = node.arguments.map(text);
    const callee = text(node.expression);
    // Two home areas are compared to see whether somebody is who he says he is.
    if (comparesPlaces.has(callee)) return args.some(isHome) && !args.every(isHome);
    return /\.(includes|has)$/.test(callee) && args.some(isGround);
  }
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
    return sqlPatterns.some((pattern) => pattern.test(text(node)));
  return false;
}
