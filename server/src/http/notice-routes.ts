import { NOTICE_HOURS_MAX, NoticesSchema } from "@fiscalise/shared/api/notices.ts";
import * as z from "zod";
import { changeNotices, type NoticeChoicesDeps, viewNotices } from "../businesses/notices/notice-choices.ts";
import { type Route, route } from "./route.ts";

const hours = (most: number) => z.int().min(1).max(most).optional();
const change = z.strictObject({
  wanted: z.boolean().optional(),
  deviceSilentHours: hours(NOTICE_HOURS_MAX.deviceSilentHours),
  documentsWaitingHours: hours(NOTICE_HOURS_MAX.documentsWaitingHours),
});
const common = {
  guard: "business-admin",
  tag: "own business",
  path: "/businesses/me/notices",
  answers: { 200: NoticesSchema },
} as const;

export function noticeRoutes(deps: NoticeChoicesDeps): Route[] {
  return [
    route(
      {
        ...common,
        id: "viewNotices",
        method: "get",
        summary: "Whether one is told by e-mail what needs a person, and after how long",
      },
      async ({ actor }) => ({ status: 200, body: await viewNotices(deps, actor) }),
    ),
    route(
      {
        ...common,
        id: "changeNotices",
        method: "patch",
        summary: "Switch one's own notices on or off, or set the business's hours; what is left out stays",
        body: change,
        example: { body: { wanted: true, deviceSilentHours: 2 } },
      },
      async ({ actor, body }) => ({ status: 200, body: await changeNotices(deps, { actor, change: body }) }),
    ),
  ];
}
