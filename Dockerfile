# One image for every role; the command chooses it. What tests run is what the image runs: the same
# TypeScript through tsx, with the workflows bundled ahead.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /baton
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit
COPY . .
RUN npm run build

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production \
    BATON_API_HOST=0.0.0.0 \
    BATON_WORKFLOW_BUNDLE=dist/workflow-bundle.js
WORKDIR /baton
COPY --from=build --chown=node:node /baton /baton
USER node
# Node leads the container, so that SIGTERM reaches the role itself.
ENTRYPOINT ["node", "--import", "tsx"]
CMD ["api/main.ts"]
