import { type Html, html } from "../html.ts";

/** 16-px line drawings of our own; the stroke takes the colour of the text. */
const DRAWINGS = {
  home: "M2.5 7.2 8 2.5l5.5 4.7v6.3h-3.8V9.8H6.3v3.7H2.5z",
  items: "M8 1.8 14 5v6L8 14.2 2 11V5zM2 5l6 3.2L14 5M8 8.2v6",
  customers:
    "M6 7.5a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM1.5 13.5c0-2.6 2-4.2 4.5-4.2s4.5 1.6 4.5 4.2M11 7.2a2.1 2.1 0 0 0 0-4.2M12.3 9.6c1.3.6 2.2 1.9 2.2 3.6",
  invoice: "M3.5 1.8h9v12.4l-1.5-1-1.5 1-1.5-1-1.5 1-1.5-1-1.5 1zM6 5.2h4M6 8h4",
  estimate: "M3.5 1.8h9v12.4h-9zM6 5.2h4M6 8h4M6 10.8h2",
  creditnote: "M3.5 1.8h9v12.4l-1.5-1-1.5 1-1.5-1-1.5 1-1.5-1-1.5 1zM10.2 7H6m0 0 1.8-1.8M6 7l1.8 1.8",
  payments: "M1.8 4h12.4v8.2H1.8zM1.8 6.8h12.4M4.2 9.8h2.6",
  banking: "M2 6.2 8 2.4l6 3.8M3 6.4h10M4 6.6v5.2M6.7 6.6v5.2M9.3 6.6v5.2M12 6.6v5.2M2.4 13.4h11.2",
  reports: "M2.2 13.6h11.6M4 11.4V7.6M7 11.4V3.2M10 11.4V6M13 11.4V4.6",
  sliders:
    "M2 4.5h6.5M12 4.5h2M2 11.5h2M7.5 11.5H14M10.2 6.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM5.8 13.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z",
  clip: "M12.8 7.4 7.7 12.5a3.2 3.2 0 0 1-4.5-4.5l5.3-5.3a2.1 2.1 0 0 1 3 3L6.3 10.9a1 1 0 0 1-1.5-1.4l4.8-4.8",
  mail: "M2 3.5h12v9H2zM2 4.2l6 4.6 6-4.6",
  close: "M4 4l8 8M12 4l-8 8",
  device:
    "M3 2.2h10v11.6H3zM5.2 4.6h5.6v2.6H5.2zM5.4 9.6h.1M8 9.6h.1M10.6 9.6h.1M5.4 11.8h.1M8 11.8h.1M10.6 11.8h.1",
  cloud: "M4.6 12.4a3 3 0 0 1-.3-6 4 4 0 0 1 7.6.9 2.6 2.6 0 0 1-.4 5.1z",
  settings:
    "M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM6.7 3.7L6.8 1.9L9.2 1.9L9.3 3.7L10.1 4L11.5 2.9L13.1 4.5L12 5.9L12.3 6.7L14.1 6.8L14.1 9.2L12.3 9.3L12 10.1L13.1 11.5L11.5 13.1L10.1 12L9.3 12.3L9.2 14.1L6.8 14.1L6.7 12.3L5.9 12L4.5 13.1L2.9 11.5L4 10.1L3.7 9.3L1.9 9.2L1.9 6.8L3.7 6.7L4 5.9L2.9 4.5L4.5 2.9L5.9 4z",
  organisation: "M2.5 14V3h6.5v11M9 6.5h4.5V14M1.5 14h13M4.8 5.6h1.8M4.8 8.4h1.8M4.8 11.2h1.8",
  down: "M4 6.2 8 10l4-3.8",
  tick: "M3 8.6 6.4 12 13 4.6",
  server: "M2.4 2.6h11.2v4.2H2.4zM2.4 9.2h11.2v4.2H2.4zM4.6 4.7h.1M4.6 11.3h.1",
} as const;
export type IconName = keyof typeof DRAWINGS;

export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="${DRAWINGS[name]}" /></svg>`;
}
