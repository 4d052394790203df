const emergencyTypes: ReadonlySet<string> = new Set(['13', '24']);

/** 急诊 by the kind of treatment: counts as filed (N8(5) N34). */
export const isEmergencyType = (medType: string): boolean => emergencyTypes.has(medType);
