import { useEffect, useRef, useState } from "preact/hooks";
import type { Reply, Trouble } from "../../request.ts";

type Page<Item> = { items: Item[]; nextCursor: string | null };
type ReadPage<Item> = (cursor: string | null, signal: AbortSignal) => Promise<Reply<Page<Item>>>;
type Shown<Item> = { items: Item[] | null; nextCursor: string | null; trouble: Trouble | null };

/** A long list page by page; another key starts it anew. */
export function usePages<Item>(read: ReadPage<Item>, key: string) {
  const [shown, setShown] = useState<Shown<Item>>({ items: null, nextCursor: null, trouble: null });
  const [loading, setLoading] = useState(true);
  const [round, setRound] = useState(0);
  const controller = useRef(new AbortController());

  async function load(before: Item[], cursor: string | null) {
    const { signal } = controller.current;
    setLoading(true);
    const reply = await read(cursor, signal);
    if (signal.aborted) return;
    setLoading(false);
    if (reply.status !== "ok") return setShown((was) => ({ ...was, trouble: reply }));
    setShown({ ...reply.value, items: [...before, ...reply.value.items], trouble: null });
  }

  useEffect(() => {
    controller.current = new AbortController();
    void load([], null);
    return () => controller.current.abort();
  }, [key, round]);

  return {
    ...shown,
    loading,
    reload: () => setRound((was) => was + 1),
    loadMore: () => void load(shown.items ?? [], shown.nextCursor),
    change: (items: (before: Item[]) => Item[]) =>
      setShown((was) => ({ ...was, items: was.items && items(was.items) })),
  };
}
