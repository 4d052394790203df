import type { InstitutionKey, ItemKey, PersonKey } from '../world.js';

export interface LineFact {
  readonly item: ItemKey;
  readonly price: string;
  readonly quantity: number;
}

/** One visit of the month as the hospital knows it: what was done and what it cost. */
export interface VisitFact {
  readonly id: string;
  readonly person: PersonKey;
  readonly institution: InstitutionKey;
  readonly kind: 'inpatient' | 'outpatient';
  readonly medType: string;
  readonly admittedOn: string;
  readonly settledOn: string;
  readonly useAccount: boolean;
  readonly lines: readonly LineFact[];
}

const line = (item: ItemKey, price: string, quantity = 1): LineFact => ({ item, price, quantity });

export const visits: readonly VisitFact[] = [
  {
    id: 'V1',
    person: 'A',
    institution: 'H-BJ3',
    kind: 'outpatient',
    medType: '11',
    admittedOn: '2026-03-05',
    settledOn: '2026-03-05',
    useAccount: true,
    lines: [line('consultation', '60.00'), line('drug-a', '132.52'), line('drug-b', '231.77')],
  },
  {
    id: 'V3',
    person: 'B',
    institution: 'H-SH3',
    kind: 'inpatient',
    medType: '21',
    admittedOn: '2026-03-03',
    settledOn: '2026-03-12',
    useAccount: false,
    lines: [
      line('bed', '80.00', 9),
      line('consultation', '30.00', 9),
      line('ct', '860.00'),
      line('surgery', '8600.00'),
      line('drug-a', '3245.68'),
      line('drug-b', '1777.33'),
      line('implant', '12000.00'),
      line('special-nursing', '480.00'),
    ],
  },
  {
    id: 'V4',
    person: 'C',
    institution: 'H-GZ3',
    kind: 'inpatient',
    medType: '24',
    admittedOn: '2026-03-08',
    settledOn: '2026-03-15',
    useAccount: true,
    lines: [
      line('bed', '70.00', 7),
      line('consultation', '40.00', 7),
      line('ct', '1250.00'),
      line('drug-a', '4120.35'),
      line('drug-b', '2204.68'),
      line('surgery', '15000.00'),
    ],
  },
  {
    id: 'V5',
    person: 'D',
    institution: 'H-WH2',
    kind: 'inpatient',
    medType: '21',
    admittedOn: '2026-03-10',
    settledOn: '2026-03-16',
    useAccount: false,
    lines: [
      line('bed', '45.00', 6),
      line('consultation', '25.00', 6),
      line('ct', '620.00'),
      line('drug-a', '2310.40'),
      line('drug-b', '905.55'),
      line('special-nursing', '120.00'),
    ],
  },
  {
    id: 'V2',
    person: 'A',
    institution: 'H-BJ3',
    kind: 'outpatient',
    medType: '11',
    admittedOn: '2026-03-19',
    settledOn: '2026-03-19',
    useAccount: true,
    lines: [line('consultation', '60.00'), line('drug-a', '90.00')],
  },
  {
    id: 'V6',
    person: 'E',
    institution: 'H-CS3',
    kind: 'inpatient',
    medType: '24',
    admittedOn: '2026-03-14',
    settledOn: '2026-03-19',
    useAccount: false,
    lines: [line('bed', '40.00', 5), line('consultation', '20.00', 5), line('drug-a', '3000.00'), line('ct', '700.00')],
  },
  {
    id: 'V7',
    person: 'F',
    institution: 'H-CS2',
    kind: 'inpatient',
    medType: '21',
    admittedOn: '2026-03-17',
    settledOn: '2026-03-21',
    useAccount: false,
    lines: [
      line('bed', '40.00', 4),
      line('consultation', '20.00', 4),
      line('drug-a', '1500.00'),
      line('drug-b', '600.00'),
    ],
  },
  {
    id: 'V8',
    person: 'G',
    institution: 'H-ZZ2',
    kind: 'inpatient',
    medType: '21',
    admittedOn: '2026-03-20',
    settledOn: '2026-03-23',
    useAccount: false,
    lines: [line('consultation', '66.00', 3), line('drug-a', '2802.00')],
  },
  {
    id: 'V9',
    person: 'H',
    institution: 'H-ZZ2',
    kind: 'inpatient',
    medType: '21',
    admittedOn: '2026-03-22',
    settledOn: '2026-03-24',
    useAccount: false,
    lines: [line('drug-a', '2000.00')],
  },
  {
    id: 'V10',
    person: 'F',
    institution: 'H-CS2',
    kind: 'inpatient',
    medType: '21',
    admittedOn: '2026-03-26',
    settledOn: '2026-03-28',
    useAccount: false,
    lines: [line('consultation', '20.00', 2), line('drug-a', '900.00')],
  },
];

export const visit = (id: string): VisitFact => {
  const found = visits.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no visit ${id}`);
  return found;
};
