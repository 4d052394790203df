export const sexNames: Readonly<Record<string, string>> = { '1': '男', '2': '女', '9': '未说明' };

/** 2026-03-02 as 2026 年 3 月 2 日; a blank line for writing where there is none. */
export function paperDay(day: string | null | undefined): string {
  if (day === null || day === undefined) return '\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日';
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year} 年 ${Number(month)} 月 ${Number(date)} 日`;
}
