/** Path of the organisation this page belongs to; everything it asks for is below. */
export const { root } = document.documentElement.dataset;

/**
 * @param {string} path  below the organisation's
 * @param {unknown} body
 * @returns {Promise<{ ok: boolean, body: any, message: string }>}
 */
export async function postJson(path, body) {
  try {
    const answer = await fetch(root + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const reply = await answer.json();
    return { ok: answer.ok, body: reply, message: reply?.message ?? "" };
  } catch {
    return { ok: false, body: null, message: "The sandbox does not answer. Is npm start still running?" };
  }
}

/**
 * @param {"success" | "error"} type
 * @param {string} message
 */
export function toast(type, message) {
  const note = element("p", { className: `toast toast-${type}` }, message);
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), 6_000);
}

/**
 * @param {string} tag
 * @param {Record<string, unknown>} properties  `data-` and `aria-` names become attributes
 * @param {...(Node | string | null)} children
 */
export function element(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (/^(data|aria)-|^(role|scope|colspan|for)$/.test(name)) node.setAttribute(name, String(value));
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Writes only what changed: a screen reader repeats every write into a live region. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
