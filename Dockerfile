# What production runs: docs/deployment.md. `docker build -t fiscalise .`
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /source
COPY . .
RUN npx -y pnpm@12.21.0 install --frozen-lockfile && node scripts/build.mjs /built

FROM node:24.21.0-bookworm-slim
COPY --from=build /built /app
WORKDIR /app/server
# Threads for looking names up and for passwords, so that a crowd of either leaves some to the other (docs/operations.md#request-limits).
ENV NODE_ENV=production UV_THREADPOOL_SIZE=8
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 8080}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Signals reach it directly: it ends once the calls under way are recorded (docs/operations.md#stopping).
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["src/bundle/main.js"]
