// An entry of its own (`@account-backups/service-kit/openapi`): services without an API do not load it.
export { openApiDocument, type ApiHead, type Content, type Operation } from './document.js';
export { jsonSchemaOf } from './json-schema.js';
