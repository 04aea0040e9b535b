import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Skeleton } from "../components/skeleton.tsx";
import { TroubleScreen } from "./trouble.tsx";

/** A screen few people ever see, as a file of its own: the first one has a budget (docs/design). */
export function lazy<Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return (props: Props) => {
    const [loaded, setLoaded] = useState<{ Screen: ComponentType<Props> } | "failed" | null>(null);
    useEffect(
      () =>
        void load().then(
          (Screen) => setLoaded({ Screen }),
          () => setLoaded("failed"),
        ),
      [],
    );
    // A browser does not fetch a script again that failed once: only a fresh page does.
    if (loaded === "failed") return <TroubleScreen kind="unreachable" onRetry={() => location.reload()} />;
    return loaded ? <loaded.Screen {...(props as Props & object)} /> : <Skeleton />;
  };
}
