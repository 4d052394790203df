import { Injectable } from '@nestjs/common';
import { Outbox } from '#shared/bus';
import { Clock } from '#shared/clock';
import { insuredPersonChanged } from '#shared/contracts';
import { Database } from '#shared/database';
import type { Transaction } from '#shared/database';
import { IdentityNumbers } from '#shared/identity';
import type { Caller } from '#shared/identity';
import { titledRows } from '#shared/sheets';
import type { TitledRow } from '#shared/sheets';
import { belongingOf, findMandate } from '../authority/home-agency.js';
import { FollowInsuredStatus } from '../filing/follow-insured-status.js';
import { contentHash, personPayload } from '../person/person-book.js';
import { findPerson } from '../person/person.repository.js';
import {
  findKnown,
  holdersOf,
  lockKnown,
  savePersonFile,
  savePersons,
  withStandingFilings,
} from './person-file.repository.js';
import type { KnownState, PersonFile, RefusedRow } from './person-file.repository.js';
import { personColumns, personOf } from './person-row.js';
import type { FilePerson } from './person-row.js';

const batchSize = 1_000;

interface Tally {
  total: number;
  added: number;
  changed: number;
  same: number;
  readonly refusals: RefusedRow[];
}

type Candidate = ReturnType<LoadPersons['candidate']>;

/**
 * 参保名册导入 (N7 H16): an agency's file as it streams in, in batches that each commit by themselves. The same file again changes
 * nothing, so that a load which was cut off is simply sent again. Rows that cannot be taken are reported, the others are.
 */
@Injectable()
export class LoadPersons {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly identityNumbers: IdentityNumbers,
    private readonly follow: FollowInsuredStatus,
  ) {}

  async execute(rows: AsyncIterable<string[]> | Iterable<string[]>, caller: Caller): Promise<PersonFile> {
    const tally: Tally = { total: 0, added: 0, changed: 0, same: 0, refusals: [] };
    const isOwn = await this.ownership(caller);
    const seen = new Set<string>();
    let batch: FilePerson[] = [];
    for await (const group of personGroups(titledRows(rows, personColumns))) {
      tally.total += 1;
      const person = personOf(group);
      if ('reason' in person) tally.refusals.push(person);
      else if (seen.has(person.personNo))
        tally.refusals.push(refusal(person, '人员编号在文件中重复，同一人的各行应相邻'));
      else if (!isOwn(person.area)) tally.refusals.push(refusal(person, `参保地 ${person.area} 不归本机构`));
      else batch.push(person);
      if ('number' in person) seen.add(ownCopy(person.personNo));
      if (batch.length === batchSize) {
        await this.take(batch, tally, caller);
        batch = [];
      }
    }
    if (batch.length > 0) await this.take(batch, tally, caller);
    const { refusals, ...counts } = tally;
    const loadedAt = this.clock.now();
    const file = { area: caller.agency, loadedBy: caller.subject, loadedAt, ...counts, refused: refusals.length };
    const fileNo = await this.database.transaction((tx) => savePersonFile(tx, file, refusals));
    return { fileNo, ...file };
  }

  /** A prefecture loads its people, a county that it has let the people of the county. */
  private async ownership({ agency }: Caller): Promise<(area: string) => boolean> {
    const mandate = await this.database.transaction((tx) => findMandate(tx, agency));
    return (area) => belongingOf(area).homeArea === agency || (mandate !== undefined && area === agency);
  }

  private async take(batch: readonly FilePerson[], tally: Tally, caller: Caller): Promise<void> {
    const candidates = batch.map((person) => this.candidate(person));
    const outcome = await this.database.transaction((tx) => this.within(tx, candidates, caller));
    tally.added += outcome.added;
    tally.changed += outcome.changed;
    tally.same += outcome.same;
    tally.refusals.push(...outcome.refusals);
  }

  private candidate(row: FilePerson) {
    const { line, number, area, personNo, name, sex, birthDate, certificateType, insurances, specialIdentities } = row;
    const person = {
      ...{ personNo, name, sex, birthDate, certificateType, ...belongingOf(area) },
      ...{ insurances: [...insurances], specialIdentities: [...specialIdentities], mergedInto: null },
      identityHash: this.identityNumbers.hash(number),
    };
    return { line, number, person: { ...person, contentHash: contentHash(person) } };
  }

  private async within(
    tx: Transaction,
    candidates: readonly Candidate[],
    caller: Caller,
  ): Promise<Omit<Tally, 'total'>> {
    const refusals: RefusedRow[] = [];
    const seen = byNumber(await findKnown(tx, numbersOf(candidates)));
    const differing = candidates.filter(({ person }) => seen.get(person.personNo)?.contentHash !== person.contentHash);
    const known = byNumber(await lockKnown(tx, numbersOf(differing)));
    const wanted = new Map<string, Candidate>();
    for (const candidate of differing) {
      const { person } = candidate;
      const fault = faultOf(candidate, known.get(person.personNo));
      if (fault !== undefined) refusals.push({ line: candidate.line, personNo: person.personNo, reason: fault });
      else if (known.get(person.personNo)?.contentHash !== person.contentHash) wanted.set(person.personNo, candidate);
    }
    await this.refuseHeldIdentities(tx, wanted, refusals);
    const toSave = [...wanted.values()];
    if (toSave.length > 0) await this.save(tx, toSave, caller);
    const changed = toSave.filter(({ person }) => known.has(person.personNo)).length;
    return {
      ...{ added: toSave.length - changed, changed, refusals },
      same: candidates.length - toSave.length - refusals.length,
    };
  }

  /** One identity, one living number in an area: a second one is refused, in the file and against what is there. */
  private async refuseHeldIdentities(
    tx: Transaction,
    wanted: Map<string, Candidate>,
    refusals: RefusedRow[],
  ): Promise<void> {
    const [first] = wanted.values();
    if (first === undefined) return;
    const hashes = [...wanted.values()].map(({ person }) => person.identityHash);
    const holders = new Map(
      (await holdersOf(tx, first.person.homeArea, hashes)).map((one) => [one.identityHash, one.personNo]),
    );
    for (const { line, person } of [...wanted.values()]) {
      const holder = holders.get(person.identityHash) ?? person.personNo;
      holders.set(person.identityHash, holder);
      if (holder === person.personNo) continue;
      refusals.push({ line, personNo: person.personNo, reason: `证件号码已属于人员编号 ${holder}` });
      wanted.delete(person.personNo);
    }
  }

  private async save(tx: Transaction, candidates: readonly Candidate[], caller: Caller): Promise<void> {
    const persons = candidates.map(({ number, person }) => ({
      ...person,
      identityEncrypted: this.identityNumbers.encrypt(number),
    }));
    const versions = await savePersons(tx, persons);
    await this.outbox.publishAll(
      tx,
      persons.map((person) => ({
        contract: insuredPersonChanged,
        aggregateId: person.personNo,
        aggregateVersion: versions.get(person.personNo) ?? 1,
        payload: personPayload(person),
      })),
    );
    for (const personNo of await withStandingFilings(tx, [...versions.keys()])) {
      const person = await findPerson(tx, personNo, true);
      if (person !== undefined) await this.follow.execute(tx, person, this.clock.today(), caller.subject);
    }
  }
}

const numbersOf = (candidates: readonly Candidate[]): string[] => candidates.map(({ person }) => person.personNo);
const byNumber = (known: readonly KnownState[]): Map<string, KnownState> =>
  new Map(known.map((one) => [one.personNo, one]));

/** A text of its own: a piece of the file's text would keep the whole chunk in memory. */
const ownCopy = (text: string): string => Buffer.from(text).toString('latin1');

const refusal = ({ line, personNo }: FilePerson, reason: string): RefusedRow => ({ line, personNo, reason });

function faultOf(
  { person }: Candidate,
  known: { homeArea: string; mergedInto: string | null } | undefined,
): string | undefined {
  if (known !== undefined && known.homeArea !== person.homeArea) return `人员编号已由参保地 ${known.homeArea} 登记`;
  if (known !== undefined && known.mergedInto !== null) return `人员编号已并入 ${known.mergedInto}`;
  return undefined;
}

/** The rows of one person stand together. */
async function* personGroups(rows: AsyncIterable<TitledRow>): AsyncGenerator<TitledRow[]> {
  let group: TitledRow[] = [];
  for await (const row of rows) {
    if (group.length > 0 && group[0]?.cells['人员编号'] !== row.cells['人员编号']) {
      yield group;
      group = [];
    }
    group.push(row);
  }
  if (group.length > 0) yield group;
}
