/** A page of the reference: everything it loads is ours, nothing in it is inline. */
export function page({ title, body }: { title: string; body: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Fiscalise</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/reference.css">
</head>
<body>
<header>
<strong>Fiscalise</strong>
<nav><a href="/docs">API reference</a><a href="/docs/errors">Problems</a><a href="/openapi.json">openapi.json</a></nav>
</header>
${body}
</body>
</html>
`;
}

export const REFERENCE_PAGE = page({
  title: "API reference",
  body: `<main id="reference"><p class="text">This page needs JavaScript; the document itself is <a href="/openapi.json">openapi.json</a>.</p></main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/reference.js"></script>`,
});
