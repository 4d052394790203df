import { shanghaiDateTime } from '#shared/clock';
import { areaName } from '#shared/regions';
import type { Credential } from '../demo/doors.js';
import { catalogueItems, catalogues, institutions, itemKeyOf, items } from '../demo/world.js';
import type { ItemFact } from '../demo/world.js';
import { faultHeader, faults } from './faults.js';
import type { Fault } from './faults.js';
import { nobody, simulatedPeople } from './people.js';
import type { SimulatedPerson } from './people.js';
import { signing } from './signing.js';

export interface ViewFacts {
  readonly url: string;
  readonly credentialOf: (institution: string) => Credential | undefined;
  readonly now: Date;
  readonly standing: Fault | undefined;
}

/** GET /simulator: everything that a client needs to be written against this world without reading any code. */
export function worldView({ url, credentialOf, now, standing }: ViewFacts) {
  return {
    about: 'Yidi 异地就医结算网关模拟器：人员、机构、金额均为虚构，只用于开发与测试',
    address: {
      base: url,
      call: `POST ${url}/<infno>`,
      also: [`POST ${url}/gateway/<infno>`, `POST ${url}/fsi/api/<服务路径>`],
      contentType: 'application/json; charset=utf-8',
    },
    clock: {
      now: now.toISOString(),
      shanghai: shanghaiDateTime(now),
      offsetSeconds: Math.round((now.getTime() - Date.now()) / 1000),
    },
    signing,
    institutions: Object.entries(institutions).map(([key, { code, name, area, level }]) => ({
      ...{ key, code, name, area, areaName: areaName(area), level, ...credentialOf(code) },
    })),
    persons: [...Object.entries(simulatedPeople), ['nobody', nobody] as const].map(([key, one]) =>
      shownPerson(key, one),
    ),
    items: itemRows(),
    faults: {
      header: `${faultHeader}: <名称>[:<值>]`,
      put: `PUT ${url}/simulator/faults {"fault": "<名称>", "ms": 3000, "person": "<psn_no>"}；{"fault": null} 取消`,
      standing: standing ?? null,
      known: faults,
      homeDown: '参保地系统不通：用参保人 homeDown，其参保地在另一部署，始终没有应答',
    },
    conformance: {
      hospital: institutions['H-BJ3'].code,
      otherHospital: institutions['H-SH3'].code,
      person: simulatedPeople.conformance.personNo,
      unknownCertificate: nobody.identityNumber,
      items: ['consultation', 'drug-a', 'drug-b'].map((key) => items[key as keyof typeof items].code),
      unknownItem: 'XA99ZZZ999Z999999999999',
      faultHeader,
    },
  };
}

export type WorldView = ReturnType<typeof worldView>;

function shownPerson(key: string, one: SimulatedPerson) {
  const { personNo, name, identityNumber, birthDate, home, scheme, category, account, standsFor, visit, expected } =
    one;
  return {
    ...{ key, standsFor, personNo, name, certificateType: '02', identityNumber, birthDate },
    ...{ home, homeName: areaName(home), scheme, category, account },
    visit: {
      ...visit,
      institution: institutions[visit.institution].code,
      lines: visit.lines.map(({ item, ...line }) => ({ ...line, code: items[item].code, ownCode: item })),
    },
    expected,
  };
}

/** Each item once, with what the treatment places say of it: class, first-pay ratio, price limit. */
function itemRows() {
  type Row = ItemFact & { class: string; firstPayRatio: string; priceLimitPerUnit: string | null };
  const byArea = Object.keys(catalogues).map((area) => [area, catalogueItems(area) as Row[]] as const);
  return Object.values(items).map(({ code, name, category }) => ({
    ...{ code, ownCode: itemKeyOf(code), name, category },
    places: byArea.flatMap(([area, rows]) =>
      rows
        .filter((row) => row.code === code)
        .map((row) => ({
          ...{ area, class: row.class, firstPayRatio: row.firstPayRatio, priceLimitPerUnit: row.priceLimitPerUnit },
        })),
    ),
  }));
}
