import { cleanup, render } from "@testing-library/preact";
import { afterEach, expect, it, vi } from "vitest";
import { EstimateScreen } from "../src/screens/estimate.tsx";
import { Sidebar } from "../src/screens/sidebar.tsx";
import { sandboxSessions } from "../src/session.ts";
import { buttonNamed, FakeServer, FakeZoho, json, linkNamed } from "./sidebar.tsx";
import { view } from "./views.ts";

const MAKE = "POST /estimates/460000000026049/proforma";
const paper = {
  id: "5b1c5a0e-4a43-4c34-8f0b-1f0d8f6f4c11",
  kind: "PS",
  counter: "4 PS",
  documentKind: "estimate",
  zohoDocumentId: "460000000026049",
  documentNumber: "EST-00042",
  total: "1180000",
  tax: "180000",
  madeAt: "2026-11-23T08:42:00Z",
  pdfPath: "/api/v1/papers/5b1c5a0e-4a43-4c34-8f0b-1f0d8f6f4c11/pdf",
};

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function show() {
  const server = new FakeServer(view());
  const sessions = sandboxSessions({ fetch: server.fetch }, "./session");
  const connectToZoho = async () => new FakeZoho();
  const screen = render(
    <Sidebar
      fetch={server.fetch}
      sessions={sessions}
      Screen={EstimateScreen}
      connectToZoho={connectToZoho}
    />,
  );
  return { server, screen };
}

it("makes the proforma of an estimate, and asks nothing before the press", async () => {
  vi.spyOn(window, "open").mockReturnValue(window);
  const { server, screen } = show();
  server.routes.set(MAKE, () => json(paper, 201));
  server.routes.set(`GET /papers/${paper.id}/pdf`, () => new Response(new Blob(["%PDF-1.7"])));
  const button = await buttonNamed(screen, "Proforma");
  expect(server.asked).toEqual([]);
  button.click();
  await screen.findByText(/4 PS is ready/);
  expect((await linkNamed(screen, "Save the PDF")).download).toBe("4-PS.pdf");
});

it("leads to signing in when the session has ended", async () => {
  const { server, screen } = show();
  const button = await buttonNamed(screen, "Proforma");
  server.signedIn = false;
  server.token = "another";
  button.click();
  await expect.poll(() => screen.queryByRole("button", { name: "Proforma" })).toBeNull();
});
