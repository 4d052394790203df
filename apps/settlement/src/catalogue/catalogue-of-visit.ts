import type { Day } from '#shared/clock';
import type { Transaction } from '#shared/database';
import { isRefusal, refuse } from '#shared/errors';
import type { Outcome } from '#shared/errors';
import { findInstitution } from '../institution/institution.repository.js';
import { qualificationsOf } from '../person/known-person.repository.js';
import type { KnownQualification } from '../person/known-person.js';
import type { InstitutionLevel } from '../policy/policy-pack.js';
import type { CatalogueTerms } from '../scope/scope.js';
import { isChronic, namedDiseases, qualifiedDiseases } from '../visit/rules/chronic-diseases.js';
import type { Details, Visit } from '../visit/visit.js';
import { limitAt } from './catalogue-item.js';
import type { CatalogueItem } from './catalogue-item.js';
import { diseasesWithScope, findItems } from './catalogue.repository.js';
import { chronicScope } from './rules/chronic-scope.js';
import type { ChronicScope } from './rules/chronic-scope.js';

/** What one line is split by. */
export interface LineTerms extends CatalogueTerms {
  readonly category: string;
  readonly diseases: readonly string[];
  readonly chronicScope: ChronicScope | null;
}

interface CatalogueLine {
  readonly lineNo: string;
  readonly itemCode: string;
  readonly occurredOn: Day;
  readonly details?: Details;
}

interface OfDay {
  readonly items: ReadonlyMap<string, CatalogueItem>;
  readonly withScope: ReadonlySet<string>;
}

const ownExpense = { class: 'C', firstPayRatio: '1', priceLimitFen: null } as const;

/** 就医地目录 for the lines of one message: by their days, at the hospital's level, and for chronic visits within the scope. */
export class CatalogueOfVisit {
  private readonly days = new Map<Day, OfDay>();

  private constructor(
    private readonly visit: Visit,
    private readonly level: InstitutionLevel | undefined,
    private readonly qualifications: readonly KnownQualification[],
  ) {}

  static async read(tx: Transaction, visit: Visit, lines: readonly CatalogueLine[]): Promise<CatalogueOfVisit> {
    const institution = await findInstitution(tx, visit.institutionCode);
    const chronic = isChronic(visit.medType);
    const qualifications = chronic ? await qualificationsOf(tx, visit.personNo) : [];
    const read = new CatalogueOfVisit(visit, institution?.level, qualifications);
    const codes = [...new Set(lines.map(({ itemCode }) => itemCode))];
    const diseases = chronic ? [...new Set(lines.flatMap((line) => read.named(line)))] : [];
    for (const day of new Set(lines.map(({ occurredOn }) => occurredOn))) {
      const items = await findItems(tx, visit.treatmentArea, codes, day);
      const withScope = chronic ? await diseasesWithScope(tx, visit.treatmentArea, diseases, day) : new Set<string>();
      read.days.set(day, { items, withScope });
    }
    return read;
  }

  termsOf(line: CatalogueLine): Outcome<LineTerms> {
    const { lineNo, itemCode, occurredOn } = line;
    const { items, withScope } = this.days.get(occurredOn) ?? { items: new Map<string, CatalogueItem>() };
    const item = items.get(itemCode);
    if (item === undefined) return refuse('ITEM_UNKNOWN', { line: lineNo, item: itemCode });
    const { class: level, firstPayRatio, category } = item;
    const terms = { class: level, firstPayRatio, priceLimitFen: limitAt(item, this.level), category };
    if (!isChronic(this.visit.medType)) return { ...terms, diseases: [], chronicScope: null };
    const diseases = qualifiedDiseases(this.named(line), this.qualifications, occurredOn);
    if (isRefusal(diseases)) return diseases;
    const facts = { diseases, withScope: withScope ?? new Set(), itemDiseases: item.diseases };
    const { value } = chronicScope(facts);
    return { ...terms, ...(value === 'outside' ? ownExpense : {}), diseases, chronicScope: value };
  }

  /** The line's own 病种, or those of its visit. */
  private named({ details }: CatalogueLine): string[] {
    const own = namedDiseases(details?.['dise_codg']);
    return own.length > 0 ? own : namedDiseases(this.visit.details?.['dise_codg']);
  }
}
