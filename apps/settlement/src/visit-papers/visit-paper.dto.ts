import { ChoiceField, CodeField, DayField, InstantField, TextField } from '#shared/service';
import type { InjuryCommitment, OutsideOrder } from './visit-paper.js';
import type { GivenCommitment } from './record-visit-papers.js';

export class CommitmentBody {
  @TextField('承诺人', 50) signer: string;
  @ChoiceField('本人或近亲属代签', ['self', 'relative']) relation: InjuryCommitment['relation'];
  @CodeField('证件类型', /^\d{2}$/, '01') certificateType: string;
  @TextField('证件号码', 50) certificateNo: string;
  @TextField('联系电话', 50) phone: string;
  @InstantField('受伤时间') happenedAt: string;
  @TextField('受伤地点', 200) place: string;
  @TextField('外伤经过', 500) course: string;
  @DayField('签署日期') signedOn: string;
}

export class OutsideOrderBody {
  @ChoiceField('外院检查治疗或定点药店购药', ['exam', 'purchase']) kind: OutsideOrder['kind'];
  @CodeField('外院或药店编码', /^[HP]\d{11}$/, 'H31000000302') outsideInstitution: string;
  @TextField('外检项目或外购药品', 500) items: string;
  @TextField('外检或外购药原因', 500) reason: string;
  @TextField('医师', 50) physician: string;
  @DayField('盖章日期') approvedOn: string;
}

export const commitmentOf = ({ happenedAt, ...body }: CommitmentBody): GivenCommitment => ({
  ...body,
  happenedAt: new Date(happenedAt),
});
