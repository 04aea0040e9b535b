import type { Server } from "node:http";
import { createBooksApp } from "./books-app.ts";
import type { SubmissionRow } from "./compare-ledger.ts";
import type { NamedDevice, SandboxMail } from "./control-state.ts";
import { listen, shut } from "./listen.ts";
import { type BooksOrganisation, type OpenOrganisation, rootOf } from "./organisation.ts";
import { type ApiSession, createSignIn } from "./session.ts";
import { createWidgetHost } from "./widget-host.ts";
import { type WholeZoho, zohoOf } from "./zoho-view.ts";

export type { ApiSession, BooksOrganisation, NamedDevice, SubmissionRow };

export type BooksDeps = {
  /** The one address a person opens. 0 = any free port, here and below. */
  port: number;
  widgetDir: string;
  /** What the widget may connect to, besides Zoho's own hosts. */
  connectSources: readonly string[];
  apiUrl: string;
  zoho: WholeZoho;
  /** The first is the one shown at `/`. */
  organisations: readonly BooksOrganisation[];
  killServer: () => void;
  serverStatus: () => { pid: number | null; restarts: number };
  /** Where our server's mails end; absent: none is sent. */
  mail?: SandboxMail;
};

export type Books = {
  url: string;
  organisations: readonly { organizationId: string; url: string; widgetUrl: string }[];
  close(): Promise<void>;
};

export async function startBooks(deps: BooksDeps): Promise<Books> {
  const books = await listen(deps.port);
  const widgets = await Promise.all(deps.organisations.map(({ widgetPort }) => listen(widgetPort)));
  const organisations = deps.organisations.map((organisation, index) => {
    const widget = widgets[index];
    if (!widget) throw new Error("bug: an organisation without a widget host");
    return open(deps, organisation, { booksOrigin: books.origin, widget });
  });
  books.server.on("request", createBooksApp(books.origin, { ...deps, organisations }));
  return {
    url: books.origin,
    organisations: organisations.map(({ organizationId, root, widgetOrigin }) => ({
      ...{ organizationId, url: books.origin + root, widgetUrl: widgetOrigin },
    })),
    async close() {
      await Promise.all([books, ...widgets].map(({ server }) => shut(server)));
    },
  };
}

function open(
  { zoho, widgetDir, connectSources }: BooksDeps,
  { session, organizationId, devices, submissions }: BooksOrganisation,
  { booksOrigin, widget }: { booksOrigin: string; widget: { server: Server; origin: string } },
): OpenOrganisation {
  const signIn = createSignIn(session);
  const own = zohoOf(zoho, organizationId);
  widget.server.on(
    "request",
    createWidgetHost({
      ...{ origin: widget.origin, booksOrigin, signIn, user: own.user },
      ...{ widgetDir, connectSources },
    }),
  );
  return {
    ...{ organizationId, devices, submissions, signIn },
    ...{ zoho: own, user: own.user, name: own.organization.name },
    ...{ root: rootOf(organizationId), widgetOrigin: widget.origin },
  };
}
