import { developmentKeys, publicKeySet } from './development-keys.js';
import { portsOf, SERVICES } from './layout.js';

/** The variables docker-compose.yml leaves open: this machine's keys and the ports of a port base. */
export async function composeEnvironment(portBase: number): Promise<Record<string, string>> {
  const keys = await developmentKeys();
  const ports = portsOf(portBase);
  const portVariables = [...SERVICES, 'postgres' as const, 'kafka' as const].map((name) => [
    `YIDI_${name.toUpperCase()}_PORT`,
    String(ports[name]),
  ]);
  return {
    YIDI_OIDC_JWKS: publicKeySet(keys),
    YIDI_IDENTITY_KEY: keys.identityKey,
    YIDI_IDENTITY_HASH_KEY: keys.identityHashKey,
    ...(Object.fromEntries(portVariables) as Record<string, string>),
  };
}
