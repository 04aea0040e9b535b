import { useSettingsWords } from "../settings-words.ts";

/** The first lines of the receipt, as they will be printed. */
export function ReceiptHead(props: {
  company: { name: string; address: string; phone: string; email: string };
  tin: string;
  lines?: readonly string[];
  logoUrl: string | null;
}) {
  const words = useSettingsWords();
  const { name, address, phone, email } = props.company;
  return (
    <figure class="paper">
      <figcaption>{words.preview}</figcaption>
      <div>
        {props.logoUrl && <img src={props.logoUrl} alt={words.logo} />}
        <p class="name">{name || words.companyName}</p>
        {props.lines?.filter(Boolean).map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p class="tin">{`TIN: ${props.tin}`}</p>
        <p class="lines">{address || words.address}</p>
        <p>{[phone, email].filter(Boolean).join(" · ") || words.phone}</p>
      </div>
    </figure>
  );
}
