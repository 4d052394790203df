import {
  answerEnvelopeSchema,
  answerEnvelopeTitles,
  codeTables,
  interfaceTable,
  isRows,
  notOffered,
  requestEnvelope,
} from '#shared/national-interface';
import type { AnswerShape, Field, Fields, List, Node, Shape, TransactionForm } from '#shared/national-interface';

const needs = { needed: '是', usual: '规范要求，可缺', optional: '' } as const;
const kinds = {
  query: '查询，可随时重发',
  once: '办理一次，同一报文 ID 重发得到同一应答',
  committed: '结算，一次提交，同一报文 ID 重发得到同一应答',
  stream: '下载，应答为文件',
} as const;

const cell = (text: string): string => text.replaceAll('|', '\\|');

function fieldRows(fields: Fields, answer: boolean): string[] {
  return Object.entries(fields).map(([name, { title, form, need, table, aliases }]) => {
    const also = aliases.length === 0 ? '' : `；又作 ${aliases.map((one) => `\`${one}\``).join(' ')}`;
    const required = answer ? (need === 'needed' ? '非空' : '') : needs[need];
    return `| \`${name}\` | ${cell(title)}${also} | ${form} | ${required} | ${table ?? ''} |`;
  });
}

const head = (answer: boolean): string[] => [
  `| 字段 | 名称 | 类型 | ${answer ? '非空' : '必填'} | 字典 |`,
  '| --- | --- | --- | --- | --- |',
];

function shapeLines(shape: Shape, answer: boolean): string[] {
  const plain = Object.entries(shape).filter((entry): entry is [string, Field] => entry[1].kind === 'field');
  const nodes = Object.entries(shape).filter((entry): entry is [string, Node | List] => entry[1].kind !== 'field');
  return [
    ...(plain.length === 0 ? [] : [...head(answer), ...fieldRows(Object.fromEntries(plain), answer), '']),
    ...nodes.flatMap(([name, part]) => nodeLines(name, part, answer)),
  ];
}

function nodeLines(name: string, part: Node | List, answer: boolean): string[] {
  const also = part.aliases.length === 0 ? '' : `，又作 ${part.aliases.map((one) => `\`${one}\``).join(' ')}`;
  const missing = part.need === 'optional' && !answer ? '，可缺' : '';
  return [
    `节点 \`${name}\`${part.kind === 'list' ? '（列表）' : ''} ${part.title}${also}${missing}`,
    '',
    ...head(answer),
    ...fieldRows(part.fields, answer),
    '',
  ];
}

function answerLines(answer: AnswerShape): string[] {
  if (isRows(answer)) return nodeLines('output', answer.rows, true);
  return Object.keys(answer).length === 0 ? ['无输出节点（`output` 为 `{}`）。', ''] : shapeLines(answer, true);
}

function transactionLines(form: TransactionForm): string[] {
  const { infno, name, kind, request, answer, reversal, paths, note } = form;
  const reversible =
    reversal === 'undone' ? '可以' : reversal === 'nothing-to-undo' ? '不需要' : `不可以：${reversal.instead}`;
  return [
    `## ${infno} ${name}`,
    '',
    `${kinds[kind]}。冲正（2601）：${reversible}。${note}`,
    ...(paths.length === 0 ? [] : ['', `服务地址：${paths.map((path) => `\`/fsi/api/${path}\``).join(' ')}`]),
    '',
    '### 输入',
    '',
    ...shapeLines(request, false),
    '### 输出',
    '',
    ...answerLines(answer),
  ];
}

/** docs/interface.md: the national interface as the gateway reads and answers it. */
export function interfacePage(): string {
  const forms = (Object.values(interfaceTable) as TransactionForm[]).sort((a, b) => (a.infno < b.infno ? -1 : 1));
  return [
    '# 全国统一接口 The national interface at the gateway',
    '',
    'Generated from `libs/shared/src/national-interface` by `npm run docs`; the gateway, the typed client and the tests read the same source.',
    '',
    '- 地址 `POST /gateway/<交易编号>`、`POST /<交易编号>`，或 `POST /fsi/api/<服务>/<方法>`；`A` 结尾的编号与不带 `A` 的相同。',
    '- 报文 UTF-8，`application/json` 或 `text/plain`。业务失败也以 HTTP 200 应答，只看 `infcode`。',
    '- 数字可以是 JSON 数字或加引号的文本；代码可以补零或不补零；空值可以是缺省、`""` 或 `null`；不认识的键不理会；`input` 与各节点可以是对象或其 JSON 文本。',
    '- 应答只有一种形式：下列每个键都在，没有值的为 `null`；金额为两位小数的 JSON 数字。',
    '',
    '## 请求信封',
    '',
    ...head(false),
    ...fieldRows(requestEnvelope, false),
    '| `input` | 交易输入 | 对象 | 是 |  |',
    '',
    '## 应答信封',
    '',
    '| 字段 | 含义 |',
    '| --- | --- |',
    ...Object.keys(answerEnvelopeSchema.properties).map(
      (name) => `| \`${name}\` | ${answerEnvelopeTitles[name as keyof typeof answerEnvelopeTitles]} |`,
    ),
    '',
    '## 不在此办理的交易',
    '',
    '| 编号 | 名称 | 改由 |',
    '| --- | --- | --- |',
    ...Object.entries(notOffered).map(([infno, { name, instead }]) => `| ${infno} | ${name} | ${instead} |`),
    '',
    ...forms.flatMap(transactionLines),
    '## 字典',
    '',
    ...Object.entries(codeTables).flatMap(([name, table]) => [
      `- \`${name}\`：${Object.entries(table)
        .map(([value, label]) => `${value} ${label}`)
        .join('，')}`,
    ]),
    '',
  ].join('\n');
}
