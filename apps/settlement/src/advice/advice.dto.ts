import { parseYuan } from '#shared/money';
import {
  AreaField,
  ChoiceField,
  CodeField,
  NumberField,
  Optional,
  TextField,
  TextListField,
  YuanField,
} from '#shared/service';
import { basicSchemes, institutionLevels, personCategories, settings } from '../policy/policy-pack.js';
import type { BenefitSetting, InstitutionLevel, PersonCategory } from '../policy/policy-pack.js';
import type { AdviseRoutesCommand } from './advise-routes.js';

export class RoutesBody {
  @Optional() @TextField('参保人编号，或给出以下参保信息', 40) personNo?: string;
  @Optional() @AreaField('参保地') homeArea?: string;
  @Optional() @ChoiceField('人员类别', personCategories) category?: PersonCategory;
  @Optional() @TextField('参保档次', 20) tier?: string;
  @Optional() @NumberField('周岁', 0, 130) age?: number;
  @ChoiceField('险种', basicSchemes) scheme: string;
  @AreaField('就医地') treatmentArea: string;
  @ChoiceField('就医方式', settings) setting: BenefitSetting;
  @Optional() @TextListField('慢特病病种，所选病种在前', 20) diseases?: string[];
  @ChoiceField('机构等级', institutionLevels) level: InstitutionLevel;
  @Optional() @YuanField('预计全自费') ownExpense?: string;
  @Optional() @YuanField('预计超限价') overLimit?: string;
  @Optional() @YuanField('预计先行自付') firstPay?: string;
  @YuanField('预计符合政策范围费用') inScope: string;
}

export class WhatIfQuery {
  @ChoiceField('险种', basicSchemes) scheme: string;
  @CodeField('待遇年度', /^\d{4}$/, '2026') year: string;
  @TextField('政策包', 60) pack: string;
}

export function adviseCommand(body: RoutesBody): AdviseRoutesCommand {
  const { ownExpense = '0', overLimit = '0', firstPay = '0', inScope, ...who } = body;
  const parts = {
    ownExpenseFen: parseYuan(ownExpense),
    overLimitFen: parseYuan(overLimit),
    firstPayFen: parseYuan(firstPay),
    inScopeFen: parseYuan(inScope),
  };
  const totalFen = parts.ownExpenseFen + parts.overLimitFen + parts.firstPayFen + parts.inScopeFen;
  return { ...who, scope: { totalFen, ...parts } };
}
