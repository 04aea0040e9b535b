import {
  InvitedSchema,
  InviteRequestSchema,
  OneTimeCodeSchema,
  UserChangeSchema,
  UserSchema,
  UsersSchema,
} from "@fiscalise/shared/api/users.ts";
import { changePerson } from "../businesses/people/change-person.ts";
import { inviteAgain, invitePerson, listPeople, type PeopleDeps } from "../businesses/people/people.ts";
import { idParams, SOME_ID } from "./input.ts";
import { type Route, route } from "./route.ts";

const common = { guard: "business-admin", tag: "own business" } as const;

export function userRoutes(deps: PeopleDeps): Route[] {
  return [
    route(
      {
        ...common,
        id: "listUsers",
        method: "get",
        path: "/businesses/me/users",
        summary: "The business's users",
        answers: { 200: UsersSchema },
      },
      async ({ actor }) => ({ status: 200, body: { items: await listPeople(deps, actor) } }),
    ),
    route(
      {
        ...common,
        id: "inviteUser",
        method: "post",
        path: "/businesses/me/users",
        summary: "Invite somebody; the code is shown once and is good for 7 days",
        body: InviteRequestSchema,
        answers: { 201: InvitedSchema },
        problems: ["email-taken"],
        example: {
          body: { name: "Claudine Mukamana", email: "claudine@umuganura.example", role: "business_user" },
        },
      },
      async ({ actor, body }) => ({ status: 201, body: await invitePerson(deps, { actor, invited: body }) }),
    ),
    route(
      {
        ...common,
        id: "changeUser",
        method: "patch",
        path: "/businesses/me/users/:id",
        summary: "Rename, give another role, deactivate or reactivate; counts at once",
        params: idParams,
        body: UserChangeSchema,
        answers: { 200: UserSchema },
        problems: ["last-admin"],
        example: { params: SOME_ID, body: { role: "business_admin" } },
      },
      async ({ actor, params: { id }, body }) => ({
        status: 200,
        body: await changePerson(deps, { actor, userId: id, change: body }),
      }),
    ),
    route(
      {
        ...common,
        id: "inviteUserAgain",
        method: "post",
        path: "/businesses/me/users/:id/invitations",
        summary: "A new code for somebody who lost theirs or the password; older codes end",
        params: idParams,
        answers: { 201: OneTimeCodeSchema },
        problems: ["action-not-allowed"],
        example: { params: SOME_ID },
      },
      async ({ actor, params: { id } }) => ({
        status: 201,
        body: await inviteAgain(deps, { actor, userId: id }),
      }),
    ),
  ];
}
