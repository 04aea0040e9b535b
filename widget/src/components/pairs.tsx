/** Name and value, one under the other where the panel is narrow. */
export function Pairs(props: { pairs: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl class="pairs">
      {props.pairs.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
