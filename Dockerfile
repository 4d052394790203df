# One image for all five services; YIDI_SERVICE says which one a container runs.
FROM node:24-slim AS build
WORKDIR /yidi
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node tools/bootstrap.mjs build && npm prune --omit=dev

FROM node:24-slim
WORKDIR /yidi
ENV NODE_ENV=production
COPY --from=build --chown=node:node /yidi/package.json ./
COPY --from=build --chown=node:node /yidi/node_modules ./node_modules
COPY --from=build --chown=node:node /yidi/dist ./dist
COPY --from=build --chown=node:node /yidi/rules ./rules
USER node
CMD ["sh", "-c", "node dist/apps/$YIDI_SERVICE/src/migrate.js up && exec node --enable-source-maps --disable-warning=TimeoutNegativeWarning --max-semi-space-size=8 dist/apps/$YIDI_SERVICE/src/main.js"]
