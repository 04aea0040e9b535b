import { recordAudit } from "../db/audit.ts";
import { encryptionKeysInUse } from "../db/data-keys.ts";
import {
  type AtGate,
  type BusinessId,
  type BusinessTx,
  businessId,
  type WithBusiness,
} from "../db/with-business.ts";
import { lockConnection, updateConnection } from "../db/zoho-connections.ts";
import {
  isSealedByOperatorKey,
  isUnreadable,
  type OperatorKey,
  type SecretField,
  type Secrets,
} from "../secrets.ts";

export interface EncryptionKeysDeps {
  atGate: AtGate;
  withBusiness: WithBusiness;
  secrets: Secrets;
  /** As configured: the first is the current one. */
  keys: readonly OperatorKey[];
}

export interface KeyUse {
  id: string;
  listed: boolean;
  current: boolean;
  /** Data keys and old secrets sealed by it. */
  secrets: number;
}

/** Every listed key and every one that something in the database still needs. */
export async function encryptionKeyUse({
  atGate,
  keys,
}: Pick<EncryptionKeysDeps, "atGate" | "keys">): Promise<KeyUse[]> {
  const inUse = await atGate(encryptionKeysInUse);
  const ids = new Set([...keys.map(({ id }) => id), ...inUse.map(({ keyId }) => keyId)]);
  return [...ids].map((id) => ({
    id,
    listed: keys.some((key) => key.id === id),
    current: keys[0]?.id === id,
    secrets: inUse.filter(({ keyId }) => keyId === id).length,
  }));
}

/** @throws Error when the server would meet secrets it cannot open */
export async function requireEncryptionKeys(
  deps: Pick<EncryptionKeysDeps, "atGate" | "keys">,
): Promise<void> {
  const lost = (await encryptionKeyUse(deps)).filter(({ listed }) => !listed);
  if (lost.length === 0) return;
  const ids = lost.map(({ id, secrets }) => `${id} (${secrets} secrets)`).join(", ");
  throw new Error(`configuration: ENCRYPTION_KEYS lacks keys still in use: ${ids}`);
}

export interface Rotation {
  dataKeys: number;
  /** Of before there were data keys. */
  secrets: number;
  /** In use at that moment; the next run takes them. */
  left: number;
  /** Businesses with a key that does not open. */
  unreadable: string[];
}

/**
 * Brings everything below the operator's current key. One transaction per business: it may be stopped and run again at
 * any time, and beside any number of servers that list the older keys too.
 */
export async function rotateEncryptionKeys(deps: EncryptionKeysDeps): Promise<Rotation> {
  const inUse = await deps.atGate(encryptionKeysInUse);
  const done: Rotation = { dataKeys: 0, secrets: 0, left: 0, unreadable: [] };
  for (const id of new Set(inUse.map((use) => use.businessId))) {
    const turned = await rotateBusiness(deps, businessId(id)).catch((error: unknown) => {
      if (!isUnreadable(error)) throw error;
      done.unreadable.push(id);
      return { dataKeys: 0, secrets: 0, left: 0 };
    });
    done.dataKeys += turned.dataKeys;
    done.secrets += turned.secrets;
    done.left += turned.left;
  }
  return done;
}

function rotateBusiness({ withBusiness, secrets }: EncryptionKeysDeps, id: BusinessId) {
  return withBusiness(id, async (tx) => {
    const dataKeys = await secrets.rewrap(tx);
    const older = await sealOlder(tx, secrets);
    if (dataKeys + older.secrets > 0)
      await recordAudit(tx, {
        actor: "system",
        action: "secrets-sealed-anew",
        subject: "encryption-key",
        detail: { key: secrets.keyId, dataKeys, secrets: older.secrets },
      });
    return { dataKeys, ...older };
  });
}

async function sealOlder(tx: BusinessTx, secrets: Secrets): Promise<Pick<Rotation, "secrets" | "left">> {
  const connection = await lockConnection(tx);
  if (!connection) return { secrets: 0, left: 0 };
  const { refreshToken, accessToken, refreshingUntil } = connection;
  const old = [refreshToken, accessToken].filter(
    (sealed) => sealed !== null && isSealedByOperatorKey(sealed),
  );
  // Whoever refreshes finds the connection again by its sealed grant.
  const isBusy = refreshingUntil !== null && refreshingUntil > new Date();
  if (old.length === 0 || isBusy) return { secrets: 0, left: old.length };
  const anew = async (field: SecretField, sealed: string) =>
    secrets.seal(tx, field, await secrets.open(tx, field, sealed));
  await updateConnection(tx, connection, {
    refreshToken: await anew("zoho-refresh-token", refreshToken),
    accessToken: accessToken && (await anew("zoho-access-token", accessToken)),
  });
  return { secrets: old.length, left: 0 };
}
