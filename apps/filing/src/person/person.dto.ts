import { AreaField, ChoiceField, CodeField, DayField, ListField, Nullable, TextField } from '#shared/service';
import type { Insurance } from './person.js';

class InsuranceBody implements Insurance {
  @ChoiceField('险种', ['310', '390']) scheme: '310' | '390';
  @CodeField('人员类别', /^\d{4}$/, '1101') personType: string;
  @ChoiceField('参保身份', ['working', 'retired', 'resident']) category: 'working' | 'retired' | 'resident';
  @Nullable() @TextField('档次', 20) tier: string | null;
  @ChoiceField('参保状态', ['active', 'suspended', 'ended']) status: 'active' | 'suspended' | 'ended';
  @DayField('起始日') from: string;
  @Nullable() @DayField('终止日') to: string | null;
}

export class PersonBody {
  @TextField('姓名', 50) name: string;
  @ChoiceField('性别', ['1', '2', '9']) sex: '1' | '2' | '9';
  @DayField('出生日期') birthDate: string;
  @CodeField('证件类型', /^\d{2}$/, '01') certificateType: string;
  @TextField('证件号码', 30) identityNumber: string;
  @AreaField('参保地') homeArea: string;
  @ListField('参保信息', () => InsuranceBody, 10) insurances: InsuranceBody[];
}
