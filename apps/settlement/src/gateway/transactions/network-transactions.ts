import { Injectable } from '@nestjs/common';
import { Clock } from '#shared/clock';
import type { Day } from '#shared/clock';
import { Database } from '#shared/database';
import { codeTables, EnvelopeProblem } from '#shared/national-interface';
import type { FormOf, RequestOf } from '#shared/national-interface';
import { limitAt } from '../../catalogue/catalogue-item.js';
import { pageOfCatalogue } from '../../catalogue/catalogue.repository.js';
import type { CataloguePage, StoredItem } from '../../catalogue/catalogue.repository.js';
import { searchInstitutions } from '../../institution/institution.repository.js';
import { hospitalLevelOf } from '../answers/hospital-level.js';
import { levelOf, priceLimitNode } from '../answers/fee-line-nodes.js';
import { GatewayTransactions } from '../gateway-transaction.js';
import type { GatewayCall, Handlers } from '../gateway-transaction.js';

type CatalogueCall = GatewayCall<'1312'> | GatewayCall<'1318'> | GatewayCall<'1319'>;
type CatalogueRequest = RequestOf<FormOf<'1312'>>['data'];

const largestPage = 500;
const classOf: Readonly<Record<string, 'A' | 'B' | 'C'>> = { '01': 'A', '02': 'B', '03': 'C' };
/** 限价类型与超限处理: by institution area, and the patient pays what is above. */
const byArea = '1';
const patientPays = '1';
const everybody = '1';
const byItem = '1';

/** 1201, 1312, 1318, 1319, 1901: institutions, the treatment place's catalogue, code tables. */
@Injectable()
export class NetworkTransactions extends GatewayTransactions {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
  ) {
    super();
  }

  readonly handlers: Pick<Handlers, '1201' | '1312' | '1318' | '1319' | '1901'> = {
    '1201': async ({ input: { medinsinfo }, institution }) => {
      const kind = medinsinfo.fixmedins_type ?? '1';
      const found = await this.database.transaction((tx) =>
        searchInstitutions(tx, {
          letter: kind === '2' ? 'P' : 'H',
          code: medinsinfo.fixmedins_code,
          name: medinsinfo.fixmedins_name,
          asking: institution.institutionCode,
        }),
      );
      return {
        medinsinfo: found.map((one) => ({
          fixmedins_code: one.institutionCode,
          fixmedins_name: one.name,
          uscc: null,
          fixmedins_type: kind,
          hosp_lv: hospitalLevelOf(one.level),
        })),
      };
    },

    '1312': async (call) => {
      const page = await this.page(call, 'all');
      return {
        ...pagesOf(page, call.input.data),
        data: page.items.map((item) => ({
          ...itemNodes(item, call),
          hilist_name: item.name,
          med_chrgitm_type: item.category,
          chrgitm_lv: levelOf[item.class],
          lmt_used_flag: '0',
        })),
      };
    },

    '1318': async (call) => {
      const page = await this.page(call, 'limited');
      return {
        ...pagesOf(page, call.input.data),
        data: page.items.map((item) => ({
          ...itemNodes(item, call),
          hilist_lmtpric_type: byArea,
          overlmt_dspo_way: patientPays,
          hilist_pric_uplmt_amt: priceLimitNode({ priceLimitFen: limitAt(item, call.institution.level) }),
        })),
      };
    },

    '1319': async (call) => {
      const page = await this.page(call, 'all');
      return {
        ...pagesOf(page, call.input.data),
        data: page.items.map((item) => ({
          ...itemNodes(item, call),
          selfpay_prop_psn_type: everybody,
          selfpay_prop_type: byItem,
          selfpay_prop: item.class === 'C' ? 1 : Number(item.firstPayRatio),
        })),
      };
    },

    '1901': ({ input: { data } }) => {
      const table = Object.hasOwn(codeTables, data.type) ? codeTables[data.type] : undefined;
      const list = Object.entries(table ?? {}).map(([value, label], index) => ({
        type: data.type,
        label,
        value,
        parent_value: null,
        sort: index + 1,
        vali_flag: '1' as const,
        create_user: null,
        create_date: null,
        version: null,
      }));
      return Promise.resolve({ list });
    },
  };

  private page({ input: { data }, institution }: CatalogueCall, which: 'all' | 'limited'): Promise<CataloguePage> {
    if (data.page_num < 1 || data.page_size < 1 || data.page_size > largestPage)
      throw new EnvelopeProblem(`分页应从第 1 页起，每页 1 至 ${largestPage} 行`);
    const area = data.insu_admdvs ?? institution.area;
    const on: Day = data.query_date ?? this.clock.today();
    return this.database.transaction((tx) =>
      pageOfCatalogue(tx, {
        area,
        on,
        code: data.hilist_code,
        name: data.hilist_name,
        category: data.med_chrgitm_type,
        class: data.chrgitm_lv === null ? null : (classOf[data.chrgitm_lv] ?? 'none'),
        limitedOnly: which === 'limited',
        offset: (data.page_num - 1) * data.page_size,
        size: data.page_size,
      }),
    );
  }
}

const itemNodes = (item: StoredItem, { input: { data }, institution }: CatalogueCall) => ({
  hilist_code: item.code,
  insu_admdvs: data.insu_admdvs ?? institution.area,
  begndate: item.from,
  enddate: item.to,
  vali_flag: '1' as const,
});

/** 分页: where in the whole this page stands. */
function pagesOf({ items, total }: CataloguePage, { page_num: pageNum, page_size: pageSize }: CatalogueRequest) {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const before = (pageNum - 1) * pageSize;
  return {
    firstPage: pageNum === 1 ? ('1' as const) : ('0' as const),
    lastPage: pageNum >= pages ? ('1' as const) : ('0' as const),
    size: items.length,
    startRow: items.length === 0 ? 0 : before + 1,
    endRow: items.length === 0 ? 0 : before + items.length,
    pageNum,
    pageSize,
    recordCounts: total,
    pages,
  };
}
