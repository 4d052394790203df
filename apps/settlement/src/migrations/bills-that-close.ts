import { SqlMigration } from '#shared/database';

const parts = ['total', 'own_expense', 'over_limit', 'first_pay', 'in_scope'];
const payers = ['fund', 'personal_account', 'cash', 'hospital'];
const negated = [...parts, ...payers, 'deductible'].map((name) => `s.${name}_fen <> -o.${name}_fen`).join(' or ');
const lineSums = parts.map((name) => `coalesce(sum(l.${name}_fen), 0) <> s.${name}_fen`).join(' or ');

const raise = (what: string): string =>
  `raise exception '${what} %', s.settlement_id using errcode = 'check_violation'`;

/**
 * 账单必平 (A13 N37): what the checks of single rows cannot see is checked when the transaction commits: the funds of a
 * bill add up to its fund total, its lines to its four amounts, and a refund is the exact negative of what it takes back.
 * And nothing of a settlement is ever changed afterwards but the declaration it was declared with.
 */
export class BillsThatClose extends SqlMigration {
  readonly name = 'BillsThatClose1764150000003';
  readonly statements = {
    up: [
      `create function settlement_closes() returns trigger language plpgsql as $$
      declare s settlement%rowtype; o settlement%rowtype;
      begin
        select * into s from settlement where settlement_id = new.settlement_id;
        if not found then return null; end if;
        if (select coalesce(sum(amount_fen), 0) from settlement_fund where settlement_id = s.settlement_id) <> s.fund_fen then
          ${raise('the funds do not add up to the fund total of')};
        end if;
        if s.kind = 'charge' then
          if (select ${lineSums} from settlement_line l where l.settlement_id = s.settlement_id) then
            ${raise('the lines do not add up to the amounts of')};
          end if;
        else
          select * into o from settlement where settlement_id = s.refund_of;
          if ${negated} or o.kind <> 'charge' or o.visit_id <> s.visit_id then
            ${raise('this refund is not the negative of its charge:')};
          end if;
          if exists (select fund_type, amount_fen from settlement_fund where settlement_id = s.settlement_id
                     except select fund_type, -amount_fen from settlement_fund where settlement_id = o.settlement_id) then
            ${raise('this refund takes back other funds:')};
          end if;
        end if;
        return null;
      end $$`,
      `create constraint trigger settlement_closes after insert on settlement
         deferrable initially deferred for each row execute function settlement_closes()`,
      `create constraint trigger settlement_fund_closes after insert on settlement_fund
         deferrable initially deferred for each row execute function settlement_closes()`,
      `create function settlement_stays() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and tg_table_name = 'settlement' then
          if to_jsonb(new) - 'declaration_id' = to_jsonb(old) - 'declaration_id' then return new; end if;
        end if;
        raise exception '% of a settlement is never changed', tg_table_name using errcode = 'check_violation';
      end $$`,
      ...['settlement', 'settlement_fund', 'settlement_line'].map(
        (name) =>
          `create trigger ${name}_stays before update or delete on ${name} for each row execute function settlement_stays()`,
      ),
      `alter table settlement_fund add constraint settlement_fund_type_check check (fund_type ~ '^\\d{6}$')`,
    ],
    down: [
      `alter table settlement_fund drop constraint settlement_fund_type_check`,
      ...['settlement', 'settlement_fund', 'settlement_line'].map((name) => `drop trigger ${name}_stays on ${name}`),
      `drop function settlement_stays`,
      `drop trigger settlement_fund_closes on settlement_fund`,
      `drop trigger settlement_closes on settlement`,
      `drop function settlement_closes`,
    ],
  };
}
