import type { CaseResult, ConformanceReport } from './step.js';

const mark = (passed: boolean): string => (passed ? '✓' : '✗');
const carriedOut = (one: CaseResult): boolean => one.steps.length > 0 || one.stopped === null;

function summary({ ok, cases, seconds }: ConformanceReport): string {
  const steps = cases.flatMap((one) => one.steps);
  const passed = steps.filter((step) => step.passed).length;
  const left = cases.filter((one) => !carriedOut(one)).length;
  return `${ok ? '通过' : '未通过'}：${passed}/${steps.length} 步，${cases.length - left} 项${left > 0 ? `，${left} 项未做` : ''}，用时 ${seconds.toFixed(1)} 秒`;
}

/** For the screen: a line per case, and every step that did not pass. */
export function reportLines(report: ConformanceReport): string[] {
  const lines = [`接入自检 ${report.url}  ${report.institution}`];
  for (const one of report.cases) {
    const passed = one.steps.filter((step) => step.passed).length;
    lines.push(
      `${carriedOut(one) ? mark(one.passed) : '–'} ${one.title}  ${passed}/${one.steps.length}  [${one.articles}]`,
    );
    for (const step of one.steps.filter((each) => !each.passed))
      lines.push(`    ✗ ${step.infno} ${step.title}：应 ${step.expected}；实 ${step.came}（msgid ${step.msgid}）`);
    if (one.stopped !== null) lines.push(`    ${one.stopped}`);
  }
  return [...lines, summary(report)];
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');

/** For a file: every step with what was sent, expected and came. */
export function reportMarkdown(report: ConformanceReport): string {
  const lines = [
    ...['# 接入自检报告', '', `- 网关：${report.url}`, `- 机构：${report.institution}`, `- 开始：${report.begunAt}`],
    `- 结论：**${summary(report)}**`,
  ];
  for (const one of report.cases) {
    lines.push('', `## ${carriedOut(one) ? mark(one.passed) : '–'} ${one.title}`, '', `条款：${one.articles}`);
    if (one.stopped !== null) lines.push('', one.stopped);
    if (one.steps.length === 0) continue;
    lines.push('', '| | 交易 | 步骤 | 应 | 实 | msgid |', '| --- | --- | --- | --- | --- | --- |');
    const wrong = one.steps.filter((step) => !step.passed);
    for (const { passed, infno, title, expected, came, msgid } of one.steps)
      lines.push(`| ${mark(passed)} | ${infno} | ${cell(title)} | ${cell(expected)} | ${cell(came)} | ${msgid} |`);
    for (const { infno, title, sent, answer } of wrong)
      lines.push(
        '',
        `${infno} ${title}：`,
        '',
        '```json',
        ...[sent, answer].map((part) => JSON.stringify(part)),
        '```',
      );
  }
  return `${lines.join('\n')}\n`;
}
