import type { Role } from '#shared/identity';
import { sameProvince } from '#shared/regions';
import type { FilingChannel } from '../filing.js';

type Credential = 'staff' | 'online' | 'agent' | 'hospital';

interface ChannelKind {
  readonly name: string;
  readonly credential: Credential;
  readonly roles: readonly Role[];
  readonly decidedAtOnce: boolean;
}

const national: readonly Role[] = [
  'filing.channel.national-app',
  'filing.channel.mini-program',
  'filing.channel.state-council',
];
const staff = { credential: 'staff', roles: [], decidedAtOnce: true } as const;
const online = { credential: 'online', decidedAtOnce: false } as const;
const provincial = { ...online, roles: ['filing.channel.provincial'] } as const;

/** 备案渠道 (N9 H10 H11 P3.1): with which credential each is used, and whether it is decided on the spot. */
export const channelKinds: Readonly<Record<FilingChannel, ChannelKind>> = {
  counter: { name: '经办窗口', ...staff },
  phone: { name: '电话', ...staff },
  fax: { name: '传真', ...staff },
  'national-app': { name: '国家医保服务平台 APP', ...online, roles: ['filing.channel.national-app'] },
  'mini-program': { name: '国家异地就医备案小程序', ...online, roles: ['filing.channel.mini-program'] },
  'state-council': { name: '国务院客户端小程序', ...online, roles: ['filing.channel.state-council'] },
  'provincial-app': { name: '省级 APP', ...provincial },
  'provincial-portal': { name: '省政务服务网', ...provincial },
  'self-service': {
    name: '自助备案',
    credential: 'online',
    roles: [...national, 'filing.channel.provincial'],
    decidedAtOnce: true,
  },
  agent: { name: '代办点', credential: 'agent', roles: ['filing.channel.agent'], decidedAtOnce: false },
  'one-stop': { name: '医院一站式', credential: 'hospital', roles: ['filing.refer'], decidedAtOnce: true },
};

export interface ChannelUse {
  readonly channel: FilingChannel;
  readonly roles: readonly Role[];
  readonly homeArea: string;
  readonly destination: string;
}

const isChannelRole = (role: Role): boolean => role.startsWith('filing.channel.') || role === 'filing.refer';

/** Whether a caller holds the credential of a channel: the staff of an agency hold none of the others. */
export function holdsChannel(channel: FilingChannel, roles: readonly Role[]): boolean {
  const kind = channelKinds[channel];
  if (kind.credential === 'staff') return !roles.some(isChannelRole);
  return kind.roles.some((role) => roles.includes(role));
}

/**
 * 渠道办理范围 (H10): the national clients take filings across provinces only; inside a province its own channels do. The
 * provincial channels take both.
 */
export function isInField({ channel, roles, homeArea, destination }: ChannelUse): boolean {
  if (channelKinds[channel].credential !== 'online' || roles.includes('filing.channel.provincial')) return true;
  return !sameProvince(homeArea, destination);
}
