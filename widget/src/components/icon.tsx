const PATHS = {
  receipt: "M4 2.5h8v11l-2-1.3-2 1.3-2-1.3-2 1.3zM6.5 6h3M6.5 8.5h3",
  check: "M3.5 8.5l3 3 6-7",
  pencil: "M3 13l.7-3L10.5 3.2a1.2 1.2 0 0 1 1.7 0l.6.6a1.2 1.2 0 0 1 0 1.7L6 12.3z",
  warning: "M8 2.5l6 10.8H2zM8 6.5v3M8 11.4v.1",
  cross: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  clock: "M8 2.2a5.8 5.8 0 1 0 0 11.6 5.8 5.8 0 0 0 0-11.6zM8 5v3.2l2 1.4",
  search: "M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4zM10.2 10.2l3 3",
  plug: "M6 2.5v3M10 2.5v3M4.5 5.5h7v2.2a3.5 3.5 0 0 1-7 0zM8 11.2v2.3",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon(props: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[props.name]} />
    </svg>
  );
}
