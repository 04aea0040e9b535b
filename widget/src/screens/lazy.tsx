import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Skeleton } from "../components/skeleton.tsx";
import { TroubleScreen } from "./trouble.tsx";

/** A screen few people ever see, as a file of its own: the first one has a budget (docs/design). */
export function lazy<Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return (props: Props) => {
    const [loaded, setLoaded] = useState<{ Screen: ComponentType<Props> } | "failed" | null>(null);
    const start = () =>
      load().then(
        (Screen) => setLoaded({ Screen }),
        () => setLoaded("failed"),
      );
    useEffect(() => void start(), []);
    if (loaded === "failed") return <TroubleScreen kind="unreachable" onRetry={() => void start()} />;
    return loaded ? <loaded.Screen {...(props as Props & object)} /> : <Skeleton />;
  };
}
