import { useSettingsWords } from "../settings-words.ts";

export function LoadMore(props: { nextCursor: string | null; loading: boolean; onMore: () => void }) {
  const words = useSettingsWords();
  if (!props.nextCursor) return null;
  return (
    <button type="button" class="secondary narrow" disabled={props.loading} onClick={props.onMore}>
      {words.loadMore}
    </button>
  );
}
