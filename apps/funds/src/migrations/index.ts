import { QuotasTransfersLedger } from './quotas-transfers-ledger.js';

export const migrations = [QuotasTransfersLedger];
