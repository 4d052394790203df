import { ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { ApiProperty } from '@nestjs/swagger';
import { filingCategories, filingChannels } from '#shared/contracts';
import {
  AreaField,
  ChoiceField,
  CodeField,
  DayField,
  FlagField,
  Optional,
  TextField,
  TextListField,
} from '#shared/service';
import type { FilingCategory, FilingChannel } from './filing.js';

const applicable = filingChannels.filter((channel) => channel !== 'one-stop');
const personNoPattern = /^[\w-]{1,30}$/;

export class ContactBody {
  @Optional() @TextField('社会保障卡卡号', 30) cardNo?: string;
  @Optional() @TextField('参保地家庭住址') homeAddress?: string;
  @Optional() @TextField('异地联系地址') awayAddress?: string;
  @Optional() @TextField('联系电话1', 30) phone1?: string;
  @Optional() @TextField('联系电话2', 30) phone2?: string;
  @Optional() @TextField('被委托人姓名', 50) agentName?: string;
  @Optional() @TextField('被委托人电话', 30) agentPhone?: string;
}

class WithContact {
  @Optional()
  @ApiProperty({ description: '联系信息', type: () => ContactBody, required: false })
  @ValidateNested({ message: 'contact（联系信息）应为对象' })
  @Type(() => ContactBody)
  contact?: ContactBody;
}

export class ApplicationBody extends WithContact {
  @CodeField('人员编号', personNoPattern, '43010000000000000000000001') personNo: string;
  @ChoiceField('备案人员类别', [...filingCategories, 'emergency']) category: FilingCategory | 'emergency';
  @AreaField('就医地') destination: string;
  @ChoiceField('备案渠道', applicable) channel: FilingChannel;
  @TextListField('备案材料') materials: string[];
  @Optional() @FlagField('是否补办') supplementary?: boolean;
  @Optional() @DayField('补办：入院日期') admittedOn?: string;
  @Optional() @DayField('补办：自费出院日期') dischargedOn?: string;
  @Optional() @TextField('同种疾病继续治疗或再次转外：原转诊备案编号', 64) continues?: string;
}

export class DecisionBody {
  @ChoiceField('审核结论', ['approve', 'reject']) decision: 'approve' | 'reject';
  @Optional() @TextField('理由', 500) reason?: string;
}

export class CancellationBody {
  @TextField('理由', 500) reason: string;
}

export class ChangeBody extends WithContact {
  @Optional() @AreaField('新的就医地') destination?: string;
  @Optional() @ChoiceField('新的备案人员类别', filingCategories) category?: FilingCategory;
  @Optional() @TextListField('备案材料') materials?: string[];
}

export class MaterialsBody {
  @TextListField('补齐的材料') materials: string[];
}

export class ReminderBody {
  @ChoiceField('第几次提醒', ['first', 'last']) which: 'first' | 'last';
}

export class ReferralBody {
  @CodeField('人员编号', personNoPattern, '43030000000000000000000002') personNo: string;
  @AreaField('就医地') destination: string;
  @TextField('诊断', 200) diagnosis: string;
  @Optional() @CodeField('转往机构', /^H\d{11}$/, 'H31000000301') toInstitution?: string;
}
