import { insuranceStatuses } from '#shared/contracts';
import type { Insurance } from '#shared/filing';
import {
  AreaField,
  ChoiceField,
  CodeField,
  DayField,
  ListField,
  Nullable,
  Optional,
  TextField,
  TextListField,
} from '#shared/service';
import { documentKinds } from './rules/identity-document.js';

class InsuranceBody implements Insurance {
  @ChoiceField('险种', ['310', '390']) scheme: '310' | '390';
  @CodeField('人员类别', /^\d{4}$/, '1101') personType: string;
  @ChoiceField('参保身份', ['working', 'retired', 'resident']) category: 'working' | 'retired' | 'resident';
  @Nullable() @TextField('档次', 20) tier: string | null;
  @ChoiceField('参保状态', insuranceStatuses) status: Insurance['status'];
  @DayField('起始日') from: string;
  @Nullable() @DayField('终止日') to: string | null;
}

export class PersonBody {
  @TextField('姓名', 50) name: string;
  @ChoiceField('性别', ['1', '2', '9']) sex: '1' | '2' | '9';
  @DayField('出生日期') birthDate: string;
  @ChoiceField('证件类型', documentKinds) certificateType: string;
  @TextField('证件号码', 30) identityNumber: string;
  @AreaField('参保地（统筹区或其区县）') homeArea: string;
  @ListField('参保信息', () => InsuranceBody, 10) insurances: InsuranceBody[];
  @Optional() @TextListField('特殊身份', 20) specialIdentities?: string[];
}

export class StatusChangeBody {
  @ChoiceField('险种', ['310', '390']) scheme: '310' | '390';
  @ChoiceField('新的参保状态', insuranceStatuses) status: Insurance['status'];
  @DayField('生效日') on: string;
}

export class MergeBody {
  @CodeField('并入的人员编号', /^[\w-]{1,30}$/, '43010000000000000000000002') into: string;
}

export class RevealBody {
  @TextField('查看事由', 200) reason: string;
}

export class VisitQueryBody {
  @TextField('证件号码', 30) certificateNo: string;
  @TextField('姓名', 50) name: string;
}
