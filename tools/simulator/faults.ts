/** 故障: what the simulator can do to a call, by name; `header` chooses one for a single call, PUT /simulator/faults for all. */
export const faults = {
  slow: '应答延迟 ms 毫秒（默认 3000）才返回；网关已办理，客户端可能已超时',
  'cut-before-commit': '连接在报文到达网关之前切断：没有办理',
  'cut-after-commit': '网关已办理，连接在应答返回之前切断：结果不明，须 2601 冲正',
  'wrong-area': '报文的参保地 insuplc_admdvs 被改成另一统筹区：登记时被拒（HOME_AREA_DIFFERS）',
  'expired-filing':
    '该次调用期间，参保人的备案已失效：跨省住院登记被拒（NOT_FILED）；person 指定人员编号，不指定则取报文的 psn_no',
  'filing-down': '该次调用期间，结算问不到备案服务：已知参保人照常办理，未知的查无此人',
} as const;

export type FaultName = keyof typeof faults;

export interface Fault {
  readonly fault: FaultName;
  /** For `slow`. */
  readonly ms: number;
  /** For `expired-filing`: 人员编号. */
  readonly person: string | null;
}

export const faultHeader = 'x-simulator-fault';
const slowMs = 3_000;
const longestMs = 600_000;

/** Says in Chinese why a wish for a fault cannot be met. */
export class FaultUnknown extends Error {}

/** `slow:500`, `expired-filing:<psn_no>`, a name alone, or `none` for this call. */
export function faultOfHeader(text: string): Fault | undefined {
  const [name = '', value] = text.trim().split(':');
  return name === 'none' ? undefined : faultOf({ fault: name, ms: value, person: value });
}

/** The body of PUT /simulator/faults; `{"fault": null}` means none. */
export function faultOfBody(body: unknown): Fault | undefined {
  if (typeof body !== 'object' || body === null || !('fault' in body))
    throw new FaultUnknown('应为 {"fault": "<名称>"} 或 {"fault": null}');
  return body.fault === null ? undefined : faultOf(body);
}

function faultOf(given: { fault?: unknown; ms?: unknown; person?: unknown }): Fault {
  const { fault, ms = slowMs, person } = given;
  if (!isFaultName(fault)) throw new FaultUnknown(`没有这种故障；可用：${Object.keys(faults).join('、')}`);
  const wait = fault === 'slow' ? Number(ms) : 0;
  if (!Number.isInteger(wait) || wait < 0 || wait > longestMs)
    throw new FaultUnknown(`ms 应为 0 至 ${longestMs} 的整数`);
  return { fault, ms: wait, person: fault === 'expired-filing' && typeof person === 'string' ? person : null };
}

const isFaultName = (name: unknown): name is FaultName => typeof name === 'string' && Object.hasOwn(faults, name);
