import { useEffect, useRef } from "preact/hooks";

/** Plain links: they can be opened, bookmarked and gone back to. */
export function Nav(props: {
  label: string;
  links: readonly { name: string; title: string; href: string }[];
  current: string;
}) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const link = list.current?.querySelector<HTMLElement>("[aria-current]");
    // Sideways only: scrollIntoView would move the page too.
    if (link && list.current) list.current.scrollLeft = link.offsetLeft - 48;
  }, [props.current]);
  return (
    <nav aria-label={props.label}>
      <ul ref={list} class="tabs">
        {props.links.map(({ name, title, href }) => (
          <li key={name}>
            <a href={href} aria-current={name === props.current ? "page" : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
