import { useEffect, useRef, useState } from "preact/hooks";
import type { Reply, Trouble } from "../../request.ts";

type Page<Item> = { items: Item[]; nextCursor: string | null };
type ReadPage<Item> = (cursor: string | null, signal: AbortSignal) => Promise<Reply<Page<Item>>>;
type Shown<Item> = { items: Item[] | null; nextCursor: string | null; trouble: Trouble | null };

/**
 * A long list page by page. Another filter starts it from nothing: rows and cursor are of the one before. Another `round`
 * reads the same list anew, and what was read stays while the answer is awaited.
 */
export function usePages<Item>(read: ReadPage<Item>, { filter = "", round = "" } = {}) {
  const nothing = { filter, items: null, nextCursor: null, trouble: null };
  const [kept, setKept] = useState<Shown<Item> & { filter: string }>(nothing);
  const [loading, setLoading] = useState(true);
  const [again, setAgain] = useState(0);
  const controller = useRef(new AbortController());
  const isFromStart = useRef(false);
  const { filter: shownFilter, ...shown } = kept.filter === filter ? kept : nothing;

  async function load(cursor: string | null) {
    const { signal } = controller.current;
    isFromStart.current = cursor === null;
    setLoading(true);
    const reply = await read(cursor, signal);
    if (signal.aborted) return;
    isFromStart.current = false;
    setLoading(false);
    setKept((was) => {
      const before = was.filter === filter ? was : nothing;
      if (reply.status !== "ok") return { ...before, trouble: reply };
      const { items, nextCursor } = reply.value;
      const above = cursor === null ? [] : (before.items ?? []);
      return { filter, items: [...above, ...items], nextCursor, trouble: null };
    });
  }

  useEffect(() => {
    controller.current = new AbortController();
    void load(null);
    return () => controller.current.abort();
  }, [filter, round, again]);

  const reload = () => setAgain((was) => was + 1);
  function change(items: (before: Item[]) => Item[]) {
    // Rows that are being read anew may not know of the change: asked once more.
    if (isFromStart.current) {
      controller.current.abort();
      reload();
    }
    setKept((was) => ({ ...was, items: was.items && items(was.items) }));
  }
  return {
    ...{ ...shown, reload, change },
    loading: loading || kept.filter !== filter,
    loadMore: () => void load(shown.nextCursor),
  };
}
