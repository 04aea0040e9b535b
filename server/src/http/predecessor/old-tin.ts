import * as z from "zod";

const TIN = z.string().regex(/^\d{9}$/);
const document = z.object({
  custom_field_hash: z.object({ cf_tin: TIN }).optional().catch(undefined),
  custom_fields: z
    .array(z.object({ api_name: z.string().optional(), value: z.unknown() }))
    .optional()
    .catch(undefined),
});
const payload = z.object({ invoice: document.optional(), creditnote: document.optional() });

/** Whom the predecessor's payload names as the seller; it says whose Zoho to ask, and proves nothing. */
export function oldTinOf(body: Uint8Array): string | null {
  const text = new TextDecoder().decode(body);
  const parsed = payload.safeParse(jsonOf(text)).data;
  const { custom_field_hash: hash, custom_fields: fields } = parsed?.invoice ?? parsed?.creditnote ?? {};
  if (hash) return hash.cf_tin;
  const field = fields?.find(({ api_name }) => api_name === "cf_tin");
  return TIN.safeParse(field?.value).data ?? null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
