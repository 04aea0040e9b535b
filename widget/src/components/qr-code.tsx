import { useMemo } from "preact/hooks";
import { qrPath } from "../qr.ts";
import { useWords } from "../words.ts";

const QUIET_ZONE = 4;

export function QrCode(props: { text: string }) {
  const words = useWords();
  const { size, path } = useMemo(() => qrPath(props.text), [props.text]);
  const side = size + 2 * QUIET_ZONE;
  return (
    <svg
      class="qr"
      role="img"
      aria-label={words.qrLabel}
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
    >
      <path d={path} shape-rendering="crispEdges" />
    </svg>
  );
}
