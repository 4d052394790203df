import { IsOptional, IsString, MaxLength } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import type { BankDetails } from '../payments/index.js';

/** 付款信息 as it comes in: what is missing is said by the rule (N22), not by the form. */
export class BankDetailsBody {
  @ApiProperty({ description: '付款银行名称' }) @IsOptional() @IsString() @MaxLength(100) bankName?: string;
  @ApiProperty({ description: '交易流水号' }) @IsOptional() @IsString() @MaxLength(64) transactionNo?: string;
  @ApiProperty({ description: '交易日期' }) @IsOptional() @IsString() @MaxLength(10) transactionDate?: string;

  details(): Partial<BankDetails> {
    const { bankName, transactionNo, transactionDate } = this;
    return {
      ...(bankName === undefined ? {} : { bankName }),
      ...(transactionNo === undefined ? {} : { transactionNo }),
      ...(transactionDate === undefined ? {} : { transactionDate }),
    };
  }
}
