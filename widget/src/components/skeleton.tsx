/** As tall as the state that follows most often, so that nothing jumps. */
export function Skeleton() {
  return (
    <div class="skeleton" aria-busy="true">
      <div class="bone head" />
      <div class="bone facts" />
      <div class="bone action" />
      <div class="bone rest" />
    </div>
  );
}
