import { createSuperAdmin } from "@fiscalise/server/admin/create-super-admin.ts";
import type { Provisioned } from "@fiscalise/shared/api/businesses.ts";
import type { Platform, Shop } from "../stage/platform.ts";

/** The provider's side of onboarding: a super admin, who provisions businesses by REST. */
export interface Provider {
  provision: (shop: Shop) => Promise<Provisioned>;
  setStatus: (businessId: string, status: "activate" | "deactivate") => Promise<void>;
}

const EMAIL = "provider@example.rw";

/** `password`: anything strong; the super admin is made with it, or signs in with it. */
export async function openProvider(
  { apiUrl, urls }: Pick<Platform, "apiUrl" | "urls">,
  password: string,
): Promise<Provider> {
  await createSuperAdmin(urls.owner, { email: EMAIL, name: "Provider", password });
  const signedIn = await send(`${apiUrl}/api/v1/auth/login`, "POST", null, { email: EMAIL, password });
  const { accessToken } = signedIn as { accessToken: string };
  return {
    provision: async ({ organization, member, device }) => {
      const made = await send(`${apiUrl}/api/v1/businesses`, "POST", accessToken, {
        name: organization.name,
        tin: device.tin,
        email: member.email,
        phone: "+250 788 300 200",
        address: "Huye, Southern Province",
        language: "en",
        jurisdiction: "RW",
        admin: { name: member.name, email: member.email },
      });
      return made as Provisioned;
    },
    setStatus: async (businessId, status) => {
      await send(`${apiUrl}/api/v1/businesses/${businessId}/${status}`, "PUT", accessToken);
    },
  };
}

async function send(url: string, method: string, token: string | null, body?: object): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body ?? {}),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: HTTP ${answer.status} ${await answer.text()}`);
  return answer.json();
}
