import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { isDay } from '../clock/index.js';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkDigits = '10X98765432';

/** 公民身份号码: 18 places, a birthday that exists, and the right check digit (GB 11643). */
export function isIdentityNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const birthday = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text.charAt(index)), 0);
  return isDay(birthday) && checkDigits.charAt(sum % 11) === text.charAt(17);
}

/** Shown to people as 110***********1234. */
export const maskIdentityNumber = (text: string): string =>
  text.length < 8 ? '*'.repeat(text.length) : text.slice(0, 3) + '*'.repeat(text.length - 7) + text.slice(-4);

/** Keeps identity numbers unreadable at rest, yet findable: AES-256-GCM for the number, a keyed hash for the search. */
export class IdentityNumbers {
  private readonly key: Buffer;
  private readonly hashKey: Buffer;

  constructor(options: { key: string; hashKey: string }) {
    this.key = Buffer.from(options.key, 'hex');
    this.hashKey = Buffer.from(options.hashKey, 'hex');
  }

  hash(number: string): string {
    return createHmac('sha256', this.hashKey).update(number.trim().toUpperCase()).digest('hex');
  }

  encrypt(number: string): Buffer {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    const body = Buffer.concat([cipher.update(number, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  }

  decrypt(stored: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', this.key, stored.subarray(0, 12));
    decipher.setAuthTag(stored.subarray(12, 28));
    return Buffer.concat([decipher.update(stored.subarray(28)), decipher.final()]).toString('utf8');
  }
}
