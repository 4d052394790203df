import { hospitalSignature } from '#shared/identity';

const secret = 'example-secret';
const timestamp = '1767225600';
const nonce = 'a1b2c3d4';

/** 签名方法 in words, and one example to check one's own program against. */
export const signing = {
  headers: ['x-tif-paasid', 'x-tif-timestamp', 'x-tif-nonce', 'x-tif-signature'],
  rule:
    'x-tif-signature = SHA-256 的十六进制小写：把 timestamp、secret、nonce、timestamp 四段文本直接相连（UTF-8，无分隔符）后取摘要。' +
    'timestamp 为当前 Unix 秒，与网关时间相差不超过 300 秒；nonce 每次调用更换，不得重复；签名不含报文体。',
  example: {
    secret,
    timestamp,
    nonce,
    text: timestamp + secret + nonce + timestamp,
    signature: hospitalSignature(secret, timestamp, nonce),
  },
  shell: "printf '%s' \"$T$SECRET$N$T\" | openssl dgst -sha256 | sed 's/^.* //'",
} as const;
