/** PostgreSQL notices a host that vanished within 25 s, and lets go of its locks. */
export const SESSION_LIMITS = {
  tcp_keepalives_idle: 10,
  tcp_keepalives_interval: 5,
  tcp_keepalives_count: 3,
} as const;

/** The same as start-up options of a `pg` connection. */
export const SESSION_OPTIONS = Object.entries(SESSION_LIMITS)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(" ");
