import type { Visit } from '../visit.js';

/** 慢特病病种 (N33): the disease for which a visit was registered, by its name; policies limit what is paid for each. */
export function diseasesOfVisit({ details }: Pick<Visit, 'details'>): string[] {
  const name = details?.['dise_name'];
  return typeof name === 'string' && name !== '' ? [name] : [];
}
