/** `user:<number>` counts within the business, `super-admin:<number>` among the provider's. */
export function auditNameOf({ role, number }: { role: string; number: number }): string {
  return role === "super_admin" ? `super-admin:${number}` : `user:${number}`;
}
