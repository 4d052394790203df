import type { institutionChanged, PayloadOf } from '#shared/contracts';

type Published = PayloadOf<typeof institutionChanged>;

/** 协议状态: what has been applied for is not on the network yet; the other three are published. */
export type AgreementState = 'applied' | Published['agreement'];
export type AgreementEvent = 'apply' | 'admit' | 'decline' | 'suspend' | 'resume' | 'end';

/** 服务类别: what an institution may settle directly. */
export type KindOfService = Published['services'][number];

/** 定点医药机构 of the network. */
export type Institution = Omit<Published, 'agreement'> & { readonly agreement: AgreementState };

export const affiliations = ['ministry', 'province', 'city', 'county', 'other'] as const;
/** 隶属关系: 部属, 省属, 市属, 县属, 其他（含社会办）. */
export type Affiliation = (typeof affiliations)[number];

/** 所在地与隶属关系: what decides which agency admits an institution (H25). */
export interface InstitutionSite {
  /** 所在区县; null where only the pool is known. */
  readonly location: string | null;
  readonly affiliation: Affiliation;
}

export const unknownSite: InstitutionSite = { location: null, affiliation: 'other' };

export const agreementNames: Record<AgreementState, string> = {
  applied: '已申请，尚未准入',
  active: '正常',
  suspended: '暂停',
  ended: '终止',
};

export const agreementEventNames: Record<AgreementEvent, string> = {
  apply: '申请',
  admit: '准入',
  decline: '不予准入',
  suspend: '暂停',
  resume: '恢复',
  end: '终止',
};

/** The institution as the network sees it; undefined while it is only applied for. */
export function published({ agreement, ...institution }: Institution): Published | undefined {
  return agreement === 'applied' ? undefined : { ...institution, agreement };
}
