# One recipe for every service and for the local issuer:
#   docker build --build-arg PROGRAM=services/gateway --tag account-backups/gateway .
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json tsconfig.base.json ./
COPY libs libs
COPY services services
COPY tools tools
RUN npm ci --no-fund --no-audit --loglevel=error && npx tsc -b && npm run --silent build:page --workspace services/gateway
RUN npm prune --omit=dev --no-fund --no-audit --loglevel=error

FROM node:20-bookworm-slim
ARG PROGRAM
ENV NODE_ENV=production PROGRAM=${PROGRAM} LISTEN_HOST=0.0.0.0 HEALTH_HOST=0.0.0.0 HEALTH_PORT=9090
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules node_modules
COPY --from=build --chown=root:root /app/libs libs
COPY --from=build --chown=root:root /app/services services
COPY --from=build --chown=root:root /app/tools tools
# A volume mounted there takes its owner from here.
RUN install -d -o node -g node /data && install -d -m 700 -o node -g node \
  /data/keys /data/keys/gateway /data/keys/zip-builder /data/keys/download-audit
USER node
EXPOSE 8080 9090
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.HEALTH_PORT+'/health/ready').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["sh", "-c", "exec node ${PROGRAM}/dist/main.js"]
