import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

export interface CaughtMail {
  at: string;
  messageId: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** How the next mails fare: as asked, refused, or taken with the answer lost. */
export type MailBehaviour = "take" | "refuse" | "lose-answer";

export interface MailCatcher {
  url: string;
  mails: () => readonly CaughtMail[];
  isUp: () => boolean;
  behave: (behaviour: MailBehaviour) => void;
  takeDown: () => Promise<void>;
  bringUp: () => Promise<void>;
  close: () => Promise<void>;
}

const KEPT_MAX = 100;
const MAIL_MAX_BYTES = 1_048_576;

/** A mail server on loopback that delivers to nobody and keeps what it was given. */
export async function startMailCatcher(options: { port?: number } = {}): Promise<MailCatcher> {
  const mails: CaughtMail[] = [];
  let behaviour: MailBehaviour = "take";
  let server: SMTPServer | null = null;
  let port = options.port ?? 0;

  function create(): SMTPServer {
    return new SMTPServer({
      disabledCommands: ["AUTH", "STARTTLS"],
      size: MAIL_MAX_BYTES,
      onRcptTo: (_address, _session, done) => {
        done(behaviour === "refuse" ? refusal() : undefined);
      },
      onData: (stream, { envelope }, done) => {
        void keep(stream, envelope.rcptTo.map(({ address }) => address).join(", ")).then(() => {
          if (behaviour !== "lose-answer") return done();
          for (const connection of server?.connections ?? []) connection._socket?.destroy();
        }, done);
      },
    });
  }

  async function keep(stream: AsyncIterable<Uint8Array>, to: string): Promise<void> {
    const mail = await PostalMime.parse(Buffer.concat(await Array.fromAsync(stream)));
    mails.push({
      at: new Date().toISOString(),
      messageId: mail.messageId ?? "",
      from: mail.from?.address ?? "",
      to,
      subject: mail.subject ?? "",
      text: mail.text ?? "",
      html: mail.html ?? "",
    });
    if (mails.length > KEPT_MAX) mails.shift();
  }

  async function bringUp(): Promise<void> {
    if (server) return;
    const starting = create();
    // A client that hangs up in the middle is what some tests are about.
    starting.on("error", () => {});
    await new Promise<void>((resolve, reject) => {
      starting.server.once("error", reject);
      starting.listen(port, "127.0.0.1", resolve);
    });
    const address = starting.server.address();
    if (typeof address === "object" && address) port = address.port;
    server = starting;
  }

  async function takeDown(): Promise<void> {
    const stopping = server;
    server = null;
    if (stopping) await new Promise<void>((resolve) => stopping.close(() => resolve()));
  }

  await bringUp();
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails: () => mails,
    isUp: () => server !== null,
    behave: (wanted) => {
      behaviour = wanted;
    },
    takeDown,
    bringUp,
    close: takeDown,
  };
}

function refusal(): Error {
  return Object.assign(new Error("No such mailbox"), { responseCode: 550 });
}
