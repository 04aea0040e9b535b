/** Zoho serves each widget instance from an origin of its own (docs/zoho.md#widget-origins). */
const ZOHO_WIDGET_ORIGIN = /^https:\/\/[\w-]+\.zappsusercontent\.(com|eu|in|com\.au|jp|ca|sa|uk|com\.cn)$/;

/** Where the widget may be served from: Zoho's own hosts, and those the operator allows. */
export function widgetOrigins(allowed: readonly string[]): (string | RegExp)[] {
  return [...allowed, ZOHO_WIDGET_ORIGIN];
}

export function isWidgetOrigin(origin: string, allowed: readonly string[]): boolean {
  return allowed.includes(origin) || ZOHO_WIDGET_ORIGIN.test(origin);
}
