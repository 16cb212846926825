import { userInfo } from 'node:os';
import { hostId } from '@account-backups/contracts';
import { mintLocalToken } from './local-token.js';
import { addressOf, dataDirOf, type Environment } from './running-system.js';

/** The token that the command itself acts with: `ACCOUNT_BACKUPS_TOKEN`, else one that the local issuer's key signs. */
export async function ownToken(scope: 'provisioning' | 'subscriptions', environment: Environment): Promise<string> {
  if (environment.ACCOUNT_BACKUPS_TOKEN) return environment.ACCOUNT_BACKUPS_TOKEN;
  return mintLocalToken({
    dataDir: dataDirOf(environment),
    issuerUrl: addressOf('issuerUrl', environment),
    bearer: { service: operatorName(), scopes: [scope] },
    // a long import must not outlive it
    expiresInSeconds: 86_400,
  });
}

/** Who is at this terminal, so that a subscription's history shows more than the command's name. */
function operatorName(): string {
  const name = `account-backups:${userInfo().username}`;
  return hostId.safeParse(name).success ? name : 'account-backups';
}
