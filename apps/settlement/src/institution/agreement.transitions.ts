import { table } from '#shared/transitions';
import type { AgreementEvent, AgreementState } from './institution.js';

/**
 * 服务协议的生命周期 (N15 H24 H25): applied for, admitted by the own area, suspended and resumed, ended. Whoever was ended or
 * declined may apply again.
 */
export const agreementTransitions = table<AgreementState, AgreementEvent>([
  { from: 'applied', on: 'admit', to: 'active', article: 'H25' },
  { from: 'applied', on: 'decline', to: 'ended', article: 'H25' },
  { from: 'active', on: 'suspend', to: 'suspended', article: 'H24' },
  { from: 'active', on: 'end', to: 'ended', article: 'H24' },
  { from: 'suspended', on: 'resume', to: 'active', article: 'H24' },
  { from: 'suspended', on: 'end', to: 'ended', article: 'H24' },
  { from: 'ended', on: 'apply', to: 'applied', article: 'H25' },
]);
