import { filingCategories } from '#shared/contracts';
import { AreaField, ChoiceField, CodeField, FlagField, Optional, TextField, TextListField } from '#shared/service';
import type { FilingCategory, FilingChannel } from './filing.js';

const channels = ['counter', 'phone', 'national-app', 'provincial-app', 'agent', 'self-service'] as const;
const personNoPattern = /^[\w-]{1,30}$/;

export class ApplicationBody {
  @CodeField('人员编号', personNoPattern, '43010000000000000000000001') personNo: string;
  @ChoiceField('备案人员类别', filingCategories) category: FilingCategory;
  @AreaField('就医地') destination: string;
  @ChoiceField('备案渠道', channels) channel: FilingChannel;
  @TextListField('备案材料') materials: string[];
  @Optional() @FlagField('是否补办') supplementary?: boolean;
}

export class DecisionBody {
  @ChoiceField('审核结论', ['approve', 'reject']) decision: 'approve' | 'reject';
  @Optional() @TextField('理由', 500) reason?: string;
}

export class CancellationBody {
  @TextField('理由', 500) reason: string;
}

export class ReferralBody {
  @CodeField('人员编号', personNoPattern, '43030000000000000000000002') personNo: string;
  @AreaField('就医地') destination: string;
  @TextField('诊断', 200) diagnosis: string;
  @Optional() @CodeField('转往机构', /^H\d{11}$/, 'H31000000301') toInstitution?: string;
}
