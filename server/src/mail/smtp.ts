import { Readable } from "node:stream";
import MailComposer from "nodemailer/lib/mail-composer";
import { parseConnectionUrl } from "nodemailer/lib/shared";
import SMTPConnection from "nodemailer/lib/smtp-connection";

export interface Mail {
  /** `<…>`; the same for a repetition, so that mailboxes know it again. */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

export type MailOutcome =
  | { status: "sent" }
  /** The mail server cannot be had: no other mail would go either. */
  | { status: "not-sent"; reason: string }
  /** It would not take this mail. */
  | { status: "refused"; reason: string }
  /** Its answer to the mail was lost. */
  | { status: "unknown"; reason: string };

export type SendMail = (mail: Mail) => Promise<MailOutcome>;

const TIMEOUTS = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};
/** However slowly the other side trickles. */
export const MAIL_MAX_MS = 60_000;

/** One connection per mail: digests are few, and an idle connection is one more thing that breaks. */
export function createMailer(settings: { url: string; from: string }): SendMail {
  const server = parseConnectionUrl(settings.url);
  // A password never goes over a connection that anybody could read.
  const requireTLS = server.auth !== undefined && server.secure !== true;
  return async (mail) => {
    const message = await compose(settings.from, mail);
    const connection = new SMTPConnection({ ...server, ...TIMEOUTS, ...(requireTLS && { requireTLS }) });
    let bodyBegan = false;
    const body = Readable.from(
      (function* () {
        bodyBegan = true;
        yield message.bytes;
      })(),
    );
    try {
      await whileConnected(connection, async () => {
        await settled((done) => connection.connect(done));
        const { auth } = server;
        if (auth) await settled((done) => connection.login(auth, done));
        await settled((done) =>
          connection.send({ from: message.from, to: [mail.to.address] }, body, (error) => done(error)),
        );
      });
      return { status: "sent" };
    } catch (error) {
      return outcomeOf(error, bodyBegan);
    } finally {
      connection.close();
    }
  };
}

async function compose(from: string, { to, messageId, subject, text, html }: Mail) {
  const composed = new MailComposer({
    ...{ from, to, messageId, subject, text, html },
    headers: { "Auto-Submitted": "auto-generated" },
  }).compile();
  const { from: sender } = composed.getEnvelope();
  if (!sender) throw new Error("bug: MAIL_FROM has no address");
  return { from: sender, bytes: await composed.build() };
}

type Done = (error?: Error | null) => void;

function settled(step: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => step((error) => (error ? reject(error) : resolve())));
}

/** A connection that breaks, or takes too long, ends whatever step it is at. */
async function whileConnected(connection: SMTPConnection, work: () => Promise<void>): Promise<void> {
  const { promise: broken, reject } = Promise.withResolvers<never>();
  const late = setTimeout(() => reject(new Error("took too long")), MAIL_MAX_MS);
  connection.on("error", reject);
  connection.once("end", () => reject(new Error("connection closed")));
  try {
    await Promise.race([work(), broken]);
  } finally {
    clearTimeout(late);
  }
}

/** Only what was asked about one mail's recipient or text is about that mail. */
function outcomeOf(error: unknown, bodyBegan: boolean): MailOutcome {
  const { responseCode, command, code } = error as { responseCode?: number; command?: string; code?: string };
  const reason = responseCode === undefined ? (code ?? "connection-lost") : `${command} ${responseCode}`;
  if (responseCode !== undefined && (command === "RCPT TO" || command === "DATA")) {
    return { status: "refused", reason };
  }
  return { status: bodyBegan ? "unknown" : "not-sent", reason };
}
