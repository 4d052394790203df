import { actorNames, catalogue } from '#shared/errors';
import type { ErrorEntry } from '#shared/errors';

/** docs/errors.md: the error catalogue as a page. */
export function errorPage(): string {
  const entries: [string, ErrorEntry][] = Object.entries(catalogue);
  return [
    '# 错误目录 Errors',
    '',
    'Generated from `libs/shared/src/errors/catalogue` by `npm run docs`. The gateway answers HTTP 200 with the code in brackets in `err_msg`; REST answers with the HTTP status.',
    '',
    '| code | 谁处理 | 说明 | 下一步 | HTTP | articles |',
    '| --- | --- | --- | --- | --- | --- |',
    ...entries.map(
      ([code, { who, text, next, http, articles }]) =>
        `| \`${code}\` | ${actorNames[who]} | ${text} | ${next} | ${http} | ${articles.join(' ')} |`,
    ),
    '',
  ].join('\n');
}
