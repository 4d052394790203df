import { nationalCeilings } from '../../apps/settlement/src/policy/pack-ceilings.js';
import type { NationalCeilings } from '../../apps/settlement/src/policy/pack-ceilings.js';
import { PackFileError } from '../../apps/settlement/src/policy/pack-text.js';
import type { Place } from '../../apps/settlement/src/policy/pack-text.js';
import { isBasic, packDirectory, packTexts } from '../../apps/settlement/src/policy/policy-packs.js';
import type { Policy, PolicyPack } from '../../apps/settlement/src/policy/policy-pack.js';
import { readPack } from '../../apps/settlement/src/policy/read-pack.js';

/** The packs that cases speak of: by name from a folder, drafts included, or written into the case. */
export class CasePacks {
  private readonly read = new Map<string, PolicyPack>();
  private readonly texts: ReadonlyMap<string, () => Place>;
  private readonly ceilings: NationalCeilings;

  constructor(directory = packDirectory()) {
    this.texts = packTexts(directory);
    this.ceilings = nationalCeilings();
  }

  get names(): string[] {
    return [...this.texts.keys()].map((file) => file.replace(/\.yaml$/, ''));
  }

  /** The text of a pack, for reading it and for packs that extend it. */
  text(id: string): Place | undefined {
    return this.texts.get(`${id}.yaml`)?.();
  }

  get(id: string): PolicyPack | undefined {
    const known = this.read.get(id);
    if (known !== undefined) return known;
    const text = this.text(id);
    if (text === undefined) return undefined;
    const pack = this.parse(text);
    this.read.set(id, pack);
    return pack;
  }

  /** From now on cases that name this pack are run under this reading of it. */
  put(pack: PolicyPack): void {
    this.read.set(pack.id, pack);
  }

  parse(place: Place): PolicyPack {
    return readPack(place, this.ceilings, (id) => this.text(id));
  }

  /** The policy that a case names: one basic pack and any supplements. */
  policy(places: readonly Place[]): Policy {
    const packs = places.map((place) => this.named(place));
    const [basic, ...others] = packs.filter(isBasic);
    if (basic === undefined || others.length > 0) throw refusal(places[0], 'a case needs exactly one basic pack');
    return { basic, supplements: packs.filter((pack) => !isBasic(pack)) };
  }

  private named(place: Place): PolicyPack {
    const { scalar } = place;
    if (scalar === undefined) return this.parse(place.alone);
    const pack = this.get(scalar);
    if (pack !== undefined) return pack;
    throw refusal(place, `there is no pack ${scalar}; known are ${this.names.join(', ')}`);
  }
}

const refusal = (place: Place | undefined, problem: string): PackFileError =>
  new PackFileError([{ file: place?.file ?? '', line: place?.line ?? 1, path: place?.path ?? 'pack', problem }]);
