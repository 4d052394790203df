import { BankDetailsBody, ChoiceField, CodeField, FlagField, Optional, TextField } from '#shared/service';
import type { GivenPayee } from './pay-reimbursement.js';
import type { CaseCatalogue } from './reimbursement-case.js';

/** Either a self-pay bill, or a case that came to nothing. */
export class OpenCaseBody {
  @Optional() @CodeField('自费账单号', /^Z\d{18}$/, 'Z310000000000000001') billId?: string | null;
  @Optional() @CodeField('原案件编号', /^B\d{23}$/, 'B43010020260316000000001') caseNo?: string | null;
}

export class ComputeCaseBody {
  @Optional() @ChoiceField('核算目录', ['home', 'treatment']) catalogue?: CaseCatalogue | null;
  @Optional() @FlagField('是否使用个人账户') useAccount?: boolean | null;
}

export class ApproveCaseBody {
  @Optional() @TextField('与同日同额费用不重复的理由', 200) notDuplicate?: string | null;
}

export class ReasonBody {
  @TextField('原因', 200) reason: string;
}

export class PayCaseBody extends BankDetailsBody {
  @TextField('收款户名', 50) holder: string;
  @TextField('收款银行', 100) payeeBank: string;
  @CodeField('收款账号', /^\d{8,30}$/, '6222020000000000000') account: string;

  payee(): GivenPayee {
    return { holder: this.holder, bankName: this.payeeBank, account: this.account };
  }
}
