import type { ZohoUser } from "./zoho-options.ts";

/** The page on which a person allows or refuses the client. */
export function consentPage(
  {
    users,
    clientName,
    scopes,
  }: { users: readonly ZohoUser[]; clientName: string; scopes: readonly string[] },
  parameters: URLSearchParams,
): string {
  const hidden = [...parameters].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const options = users.map(
    ({ id, name, email }) =>
      `<option value="${escapeHtml(id)}">${escapeHtml(name)} (${escapeHtml(email)})</option>`,
  );
  return page(
    "Zoho Accounts (sandbox)",
    `<h1>${escapeHtml(clientName)}</h1>
<p>would like to access the following information.</p>
<ul>${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join("")}</ul>
<form method="post" action="/oauth/v2/auth">${hidden.join("")}
<p><label for="user">Signed in as</label> <select id="user" name="sandbox_user">${options.join("")}</select></p>
<p><button name="decision" value="accept">Accept</button> <button name="decision" value="reject" class="quiet">Reject</button></p>
</form>`,
  );
}

export function errorPage(title: string, message: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>body{font:15px/1.5 system-ui,sans-serif;color:#21263c;max-width:26rem;margin:3rem auto;padding:0 1rem}
h1{font-size:1.25rem}button{font:inherit;padding:.5rem 1.25rem;border:1px solid #1b66c9;border-radius:4px;background:#1b66c9;color:#fff}
button.quiet{background:#fff;color:#21263c;border-color:#b6bac8}select{font:inherit;padding:.25rem}</style></head>
<body><main>${body}</main></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
