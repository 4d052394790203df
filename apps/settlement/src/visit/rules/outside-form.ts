import type { Day } from '#shared/clock';

export interface OutsideLine {
  readonly lineNo: string;
  /** null for what was done in the own house. */
  readonly outsideInstitution: string | null;
  /** The hospital's word that it holds the stamped form. */
  readonly formHeld: boolean;
}

/**
 * 外检外购单 (N36 H57 A12): a line that was done elsewhere is settled on the form for its institution, stamped by the hospital's
 * insurance office. Answers the number of the first line that has none.
 */
export const formMissingFor = (
  lines: readonly OutsideLine[],
  forms: readonly { readonly outsideInstitution: string; readonly approvedOn: Day }[],
  settledOn: Day,
): string | undefined =>
  lines.find(
    ({ outsideInstitution, formHeld }) =>
      outsideInstitution !== null &&
      !formHeld &&
      !forms.some((form) => form.outsideInstitution === outsideInstitution && form.approvedOn <= settledOn),
  )?.lineNo;
