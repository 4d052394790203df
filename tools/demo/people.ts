import { areaLevel, nation } from '#shared/regions';
import type { Agency } from './doors.js';

const clerkRoles = [
  'filing.persons',
  'filing.read',
  'filing.apply',
  'filing.decide',
  'filing.designate',
  'settlement.institutions',
  'settlement.catalogue',
  'settlement.accounts',
  'settlement.read',
  'settlement.reconcile',
  'settlement.audit',
  'settlement.pay',
  'clearing.read',
  'clearing.upload',
  'clearing.confirm',
  'clearing.issue',
  'funds.read',
  'funds.quota',
  'funds.submit',
  'funds.pay',
  'funds.confirm',
  'collaboration.read',
  'collaboration.ask',
  'collaboration.answer',
  'obligations.read',
];
const checkerRoles = ['settlement.approve', 'settlement.read', 'funds.approve', 'funds.read'];

const level = (area: string): Agency['level'] => areaLevel(area);

/** 经办: the one who prepares. */
export const clerk = (area: string): Agency => ({
  agency: area,
  level: level(area),
  roles: clerkRoles,
  subject: `clerk-${area}`,
});

/** 复核: the second person, who may only approve. */
export const checker = (area: string): Agency => ({
  agency: area,
  level: level(area),
  roles: checkerRoles,
  subject: `checker-${area}`,
});

/** A hospital's own office, for what is not in the national interface. */
export const office = (code: string, area: string): Agency => ({
  agency: area,
  level: 'institution',
  roles: ['filing.refer', 'settlement.declare'],
  subject: `office-${code}`,
  institution: code,
});

/** 国家医保服务平台 APP: the channel through which people file online. */
export const nationalApp: Agency = {
  agency: nation,
  level: 'nation',
  roles: ['filing.apply', 'filing.channel.national-app'],
  subject: 'national-app',
};
